import { vi } from 'vitest'

/**
 * Waits until a check passes, and returns what it returns; fails with the check's own error. For what the page does not say:
 * what it shows is waited for with `locator.waitFor()`.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 50 })
}
