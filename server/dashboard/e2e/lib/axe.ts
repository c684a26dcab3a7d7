// Accessibility, as far as a program can tell it.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Fails where a page, as it is now, breaks WCAG 2.2 AA or good practice in a way that axe-core sees. */
export async function accessible(page: Page) {
  await still(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const found = await page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    // Menus and windows stand at the end of the page, outside of its landmarks, and focus is led there.
    const meant = (id: string, html: string) => id === 'region' && html.startsWith('<div data-portal')
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.filter((n) => !meant(id, n.html)).map((n) => `${id}: ${help}\n  ${n.html.slice(0, 200)}\n  ${n.failureSummary?.replaceAll('\n', '\n  ')}`),
    )
  }, standards)
  if (found.length > 0) throw new Error(`${page.url()} is not accessible:\n${found.join('\n')}`)
}

/** Waits until nothing on a page is on its way any more, but for what turns for ever. */
export async function still(page: Page) {
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
    await Promise.all(finite.map((a) => a.finished.catch(() => undefined)))
  })
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
