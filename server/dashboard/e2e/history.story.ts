// The history of the account: who did what, and whether it is as it was written.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

const lines = () => anna.page.getByRole('table', { name: 'History' }).getByRole('row')

async function opened(address = '/history') {
  await anna.goto(address)
  await lines().nth(1).getByRole('button').waitFor()
  return anna.page
}

test('history: what is done shows as a sentence, and is filtered by what, who and when in the address', async () => {
  const page = await opened()
  await accessible(page)
  await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, {
    input: { firstName: 'Gina', lastName: 'Weber', email: 'gina@example.com' },
  })
  await lines().filter({ hasText: 'Gina Weber' }).first().waitFor()
  await page.getByLabel('What was done').selectOption({ label: 'Who sees what' })
  await lines().filter({ hasText: 'Anna Martin let Bruno Keller view “Black Friday”.' }).waitFor()
  await lines().filter({ hasText: 'Gina Weber' }).waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'To whom' }).fill('chloe')
  await page.getByRole('option', { name: /Chloé Dubois/ }).click()
  await lines().filter({ hasText: 'Bruno Keller' }).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('theme')).toBe('SHARING')
  await page.reload()
  await lines().filter({ hasText: 'Chloé Dubois' }).waitFor()
  expect(await lines().filter({ hasText: 'Bruno Keller' }).count()).toBe(0)
  await page.getByLabel('Up to this day').fill('2001-02-03')
  await page.getByRole('heading', { name: 'Nothing of the kind was done' }).waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await lines().filter({ hasText: 'Gina Weber' }).first().waitFor()
})

test('history: a line opens with what is hashed of it, and leads to others like it', async () => {
  const page = await opened('/history?theme=SHARING')
  await page.getByRole('button', { name: /let Bruno Keller view “Black Friday”/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('"verb":"granted"').waitFor()
  await accessible(page)
  await dialog.getByRole('button', { name: 'Only this item' }).click()
  await dialog.waitFor({ state: 'detached' })
  await lines().filter({ hasText: 'Investors' }).waitFor({ state: 'detached' })
  await lines().filter({ hasText: 'Black Friday' }).first().waitFor()
})

test('history: it is checked, its last hash noted, and a line noted elsewhere compared', async () => {
  const page = await opened()
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Check now' }).click()
  await dialog.getByText(/^All \d+ lines are as they were written$/).waitFor()
  await accessible(page)
  const { history } = await world.ask<{ history: { edges: { node: { number: number; hash: string } }[] } }>(
    'anna',
    '{ history(first: 1) { edges { node { number hash } } } }',
  )
  const newest = history.edges[0]?.node
  if (!newest) throw new Error('the history is empty')
  await dialog.getByText(newest.hash, { exact: true }).waitFor()
  await dialog.getByLabel('Line', { exact: true }).fill(String(newest.number))
  await dialog.getByLabel('Its hash').fill('abc')
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await dialog.getByText('A hash has 64').waitFor()
  await dialog.getByLabel('Its hash').fill(newest.hash)
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await dialog.getByText(`Line ${newest.number} is among them just as you noted it`).waitFor()
  await dialog.getByLabel('Its hash').fill('0'.repeat(64))
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await dialog.getByText('The history is not as it was written').waitFor()
  await accessible(page)
})

test('history: who is no owner is told so, also in the dark, in French and narrow', async () => {
  const bruno = await world.person('bruno', { colorScheme: 'dark', locale: 'fr-FR', narrow: true })
  await bruno.goto('/history')
  await bruno.page.getByRole('heading', { name: 'Réservé aux propriétaires' }).waitFor()
  await accessible(bruno.page)
})

test('history: the page in the dark, in French, and narrow', async () => {
  const narrow = await world.person('anna', { colorScheme: 'dark', locale: 'fr-FR', narrow: true })
  await narrow.goto('/history?theme=SHARING')
  await narrow.page
    .getByRole('button', { name: /Bruno Keller/ })
    .first()
    .waitFor()
  await accessible(narrow.page)
  await narrow.page.getByRole('button', { name: '1 filtre' }).click()
  await narrow.page.getByRole('combobox', { name: 'Par qui' }).waitFor()
  await accessible(narrow.page)
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
})
