import { expect, test, vi } from 'vitest'
import { ownPath } from './next'

vi.stubGlobal('location', { origin: 'https://partage.example' })

test('a path of these pages is gone on to, with what belongs to it', () => {
  expect(ownPath('/campaigns/1?x=2#y')).toBe('/campaigns/1?x=2#y')
  expect(ownPath('/a/../team')).toBe('/team')
})

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'campaigns',
  '',
  1,
])('%j leads nowhere else', (given) => {
  const path = ownPath(given)
  expect(path === undefined || !path.startsWith('//')).toBe(true)
  expect(path === undefined || new URL(path, location.origin).origin === location.origin).toBe(true)
})
