// A contact list of 100,000 contacts: any place of it is there as soon as it is gone to.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'

const world = useWorld('crowd')

let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

const rowHeight = 44
const address = (index: number) => `person.${String(index).padStart(6, '0')}@example.com`

/** Opens the list by its link, as people do. */
async function open() {
  await anna.goto('/lists')
  const link = anna.page.getByRole('link', { name: 'Everyone', exact: true })
  await link.waitFor()
  anna.requests.clear()
  await link.click()
  await anna.page.getByText('100,000 contacts').waitFor()
  await anna.page.getByRole('button', { name: address(0), exact: true }).waitFor()
  return anna.page.locator('[role=table]').locator('..')
}

test('S2: the first page of 100,000 contacts takes one request', async () => {
  await open()
  expect(anna.requests.count('Contacts')).toBe(1)
  expect(anna.requests.count('ContactListHead')).toBe(0)
  await accessible(anna.page)
})

test('S2: wherever the scroll bar of 100,000 contacts is dragged, the rows of that place are shown', async () => {
  const scroller = await open()
  for (const index of [50_000, 99_980, 1_234, 77_777]) {
    anna.requests.clear()
    await scroller.evaluate((element, top) => element.scrollTo({ top }), index * rowHeight)
    await anna.page
      .locator(`[aria-rowindex="${index + 2}"]`)
      .getByRole('button', { name: address(index), exact: true })
      .waitFor()
    expect(anna.requests.count('Contacts')).toBeLessThanOrEqual(2)
  }
  await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await anna.page.getByRole('button', { name: address(99_999), exact: true }).waitFor()
})

test('S2: the table of 100,000 contacts has no gaps while it is scrolled', async () => {
  const scroller = await open()
  const bare = await scroller.evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const head = element.querySelector('[role=rowgroup]')?.clientHeight ?? 0
    const found: number[] = []
    for (let step = 1; step <= 60; step++) {
      element.scrollTop = step <= 30 ? step * 137 : step * 70_000
      await frame()
      await frame()
      const { top, bottom } = element.getBoundingClientRect()
      const rows = [...element.querySelectorAll('[data-body]')].map((row) => row.getBoundingClientRect())
      if (Math.min(...rows.map((r) => r.top)) > top + head || Math.max(...rows.map((r) => r.bottom)) < bottom) found.push(step)
    }
    return found
  })
  expect(bare).toEqual([])
})

test('S2: a search finds one of 100,000 contacts', async () => {
  await open()
  await anna.page.getByRole('searchbox', { name: 'Search address or name' }).fill('Last054321')
  await anna.page.getByRole('button', { name: address(54_321), exact: true }).waitFor()
  await anna.page.getByRole('button', { name: address(0), exact: true }).waitFor({ state: 'detached' })
})
