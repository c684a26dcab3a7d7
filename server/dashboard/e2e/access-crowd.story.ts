// The access window with 100,000 campaigns.

import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, type Person, test, useWorld } from './lib'

const world = useWorld('crowd')
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

async function access(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Actions for Chloé Dubois' }).click()
  await page.getByRole('menuitem', { name: 'Set campaign access' }).click()
  const window = page.getByRole('dialog', { name: 'Campaign access of Chloé Dubois' })
  await window.getByRole('checkbox', { name: 'Can access: Campaign 000003' }).waitFor()
  return window
}

/** Scrolls to a part of the whole, waits for what is there, and returns the numbers and names of the rows on the screen. */
async function scrolled(window: Locator, part: number): Promise<{ row: number; name: string }[]> {
  const table = window.getByRole('table')
  await table.evaluate((element, to) => {
    const scroller = element.parentElement
    if (scroller) scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * to
  }, part)
  const at = Math.max(2, Math.round(part * 100_003))
  await window.locator(`[data-body][aria-rowindex="${at}"] input`).first().waitFor()
  return table.evaluate((element) => {
    const { top = 0, bottom = 0 } = element.parentElement?.getBoundingClientRect() ?? {}
    return [...element.querySelectorAll('[data-body]')].flatMap((row) => {
      const place = row.getBoundingClientRect()
      if (place.bottom <= top || place.top >= bottom) return []
      return { row: Number(row.getAttribute('aria-rowindex')), name: row.querySelector('p')?.textContent?.trim() ?? '' }
    })
  })
}

test('T2: 100,000 campaigns: the first page is one request, and the list scrolls to its end without a gap', async () => {
  const { page } = await anna.goto('/team').then(() => anna)
  await page.getByText('Chloé Dubois').waitFor()
  anna.requests.clear()
  const window = await access(page)
  await window.getByText('of 100,003').first().waitFor()
  expect(anna.requests.names().filter((name) => name.startsWith('Access'))).toEqual(['AccessOfOne'])
  for (const part of [0.37, 0.9, 0]) {
    const rows = await scrolled(window, part)
    expect(rows.length).toBeGreaterThan(5)
    for (const [i, { row, name }] of rows.entries()) {
      expect(row).toBe((rows[0]?.row ?? 0) + i)
      if (row > 2) expect(name).toBe(`Campaign ${String(row - 2).padStart(6, '0')}`)
    }
  }
  const last = await scrolled(window, 1)
  expect(last.slice(-3)).toEqual([
    { row: 100_002, name: 'Campaign 100000' },
    { row: 100_003, name: 'We miss you' },
    { row: 100_004, name: 'Welcome aboard' },
  ])
  await window.getByRole('searchbox').fill('099998')
  await window.getByText('1 campaign found').waitFor()
  await window.getByRole('checkbox', { name: 'Can access: Campaign 099998' }).waitFor()
})

test('T3, T6: all of 100,000 campaigns but one are ticked at once; their progress is shown, can be stopped, and taken back', async () => {
  const { page } = await anna.goto('/team').then(() => anna)
  const window = await access(page)
  await window.getByRole('checkbox', { name: /^Round robin: select all/ }).check()
  await window.getByText('100,003 of 100,003').nth(1).waitFor()
  await window.getByRole('checkbox', { name: 'Round robin: Campaign 000002' }).uncheck()
  await window.getByText('100,002 of 100,003').waitFor()
  await window.getByText('Every campaign of the account, 1 of them set by itself. Not saved yet.').waitFor()
  await window.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('dialog', { name: 'Save these changes?' })
  await question.getByText('Joins the round robin of 100,002 campaigns').waitFor()
  await question.getByRole('button', { name: 'Confirm' }).click()
  const progress = window.getByRole('progressbar')
  await progress.waitFor()
  await window.getByRole('button', { name: 'Cancel' }).click()
  await window.getByText(/^Cancelled with [\d,]+ left undone/).waitFor()
  await window.getByRole('button', { name: 'Undo' }).click()
  await window.getByText(/^Done/).waitFor()
  await window.getByText('0 of 100,003').waitFor()
})
