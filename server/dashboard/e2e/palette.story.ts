// The search over everything, by keyboard.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'
import { campaignNamed, receive } from './lib/leads'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
  await receive(world, await campaignNamed(world, 'Black Friday'), { name: 'Wendy Welcome', email: 'wendy@example.com' })
})

async function open(person: Person) {
  await person.goto('/campaigns')
  await person.page.getByText('Welcome aboard').waitFor()
  await person.page.keyboard.press('Control+k')
  await field(person).waitFor()
}

const field = ({ page }: Person) => page.getByRole('dialog').getByRole('combobox')
const options = ({ page }: Person) => page.getByRole('option')

test('S3: one request finds items, people and leads of those one may see', async () => {
  await open(anna)
  anna.requests.clear()
  await field(anna).fill('welc')
  await anna.page.getByRole('option', { name: /Welcome aboard/ }).waitFor()
  await anna.page.getByRole('option', { name: /Wendy Welcome/ }).waitFor()
  expect(anna.requests.names()).toEqual(['Palette'])
  expect(
    await anna.page
      .getByRole('option', { name: /Welcome aboard/ })
      .locator('mark')
      .textContent(),
  ).toBe('Welc')

  const chloe = await world.person('chloe')
  await open(chloe)
  await field(chloe).fill('friday')
  await chloe.page.getByText('Nothing found').first().waitFor()
  await field(chloe).fill('wend')
  await expect.poll(() => chloe.requests.variables('Palette').at(-1)).toEqual({ search: 'wend' })
  await chloe.page.getByText('Nothing found').first().waitFor()
  expect(await options(chloe).count()).toBe(0)
})

test('accents do not matter, and arrows and Enter open what is chosen', async () => {
  await open(anna)
  const { page } = anna
  await page.keyboard.type('chloe')
  const person = page.getByRole('option', { name: /Chloé Dubois/ })
  await person.waitFor()
  expect(await person.getAttribute('aria-selected')).toBe('true')
  expect(await field(anna).getAttribute('aria-activedescendant')).toBe(await person.getAttribute('id'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Chloé Dubois' }).waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('group', { name: 'Go to' }).waitFor()
  await page.keyboard.type('team')
  await page.getByRole('option', { name: /^Team/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Team', level: 1 }).waitFor()
})

test('Enter before the answer is there opens what was typed, not what stood there before', async () => {
  await open(anna)
  const { page } = anna
  await page.keyboard.type('bruno')
  await page.getByRole('option', { name: /Bruno Keller/ }).waitFor()
  await field(anna).fill('we miss')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/campaigns\/campaign_/)
})

test('what was opened lately comes first, and Escape gives the focus back', async () => {
  await anna.goto('/leads')
  const { page } = anna
  await page.getByRole('link', { name: 'Wendy Welcome' }).click()
  await page.getByRole('heading', { name: 'Wendy Welcome' }).waitFor()
  await anna.goto('/templates')
  await page.getByRole('heading', { name: 'Templates' }).waitFor()
  const search = page.getByRole('button', { name: 'Search', exact: true })
  await search.click()
  await page.getByRole('group', { name: 'Recently opened' }).getByRole('option').first().getByText('Wendy Welcome').waitFor()
  await accessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => search.evaluate((b) => b === document.activeElement)).toBe(true)
})

test('what is typed before the window is there is for it, and not for the page', async () => {
  const person = await world.person('anna')
  const { page } = person
  await person.goto('/campaigns')
  await page.getByText('Welcome aboard').waitFor()
  let come = () => {}
  const held = new Promise<void>((done) => {
    come = done
  })
  await page.route(/\/palette-/, async (route) => {
    await held
    await route.continue()
  })
  const asked = page.waitForRequest(/\/palette-.*js/)
  await page.getByRole('link', { name: 'Templates' }).focus()
  await page.keyboard.press('Control+k')
  await asked
  await page.keyboard.type('lost')
  await page.keyboard.press('Escape') // it is no longer wanted, and the page is as it was
  const named = page.getByRole('searchbox', { name: 'Search by name' })
  await named.click()
  await page.keyboard.type('welcome')
  expect(await named.inputValue()).toBe('welcome')
  await named.fill('')
  await page.getByRole('link', { name: 'Templates' }).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('black')
  await page.keyboard.press('Enter') // on a link to the templates, were it for the page
  come()
  await expect.poll(() => field(person).inputValue()).toBe('black')
  await expect.poll(() => field(person).evaluate((f) => f === document.activeElement)).toBe(true)
  await page.keyboard.type(' fr')
  expect(await field(person).inputValue()).toBe('black fr')
  expect(new URL(page.url()).pathname).toBe('/campaigns')
})

test('commands: the language, the appearance, a new campaign; a member is offered none of what they may not do', async () => {
  await open(anna)
  const { page } = anna
  await page.keyboard.type('français')
  await page.getByRole('option', { name: 'Language: Français' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Campagnes' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('english')
  await page.getByRole('option', { name: 'Langue : English' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('new camp')
  await page.getByRole('option', { name: 'New campaign' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'New campaign' }).waitFor()

  const chloe = await world.person('chloe')
  await open(chloe)
  await page.getByRole('dialog', { name: 'New campaign' }).waitFor()
  expect(
    await options(chloe)
      .filter({ hasText: /New campaign|History|Invite/ })
      .count(),
  ).toBe(0)
})

test('the palette is accessible: dark, and narrow in French', async () => {
  for (const look of [{ colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }] as const) {
    const person = await world.person('anna', look)
    await open(person)
    await person.page.keyboard.type('an')
    await person.page.getByRole('option', { name: /Anna Martin/ }).waitFor()
    await accessible(person.page)
    await person.leave()
  }
})
