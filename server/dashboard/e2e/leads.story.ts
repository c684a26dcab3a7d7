// The inbox of leads, and whose each is.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'
import { away, campaignNamed, receive, roundRobin } from './lib/leads'

const world = useWorld()
let anna: Person
let chloe: Person
let welcome: string
let miss: string

beforeAll(async () => {
  anna = await world.person('anna')
  chloe = await world.person('chloe')
  welcome = await campaignNamed(world, 'Welcome aboard')
  miss = await campaignNamed(world, 'We miss you')
  await roundRobin(world, welcome, ['Anna', 'Bruno', 'Chloé'])
})

const row = ({ page }: Person, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const panel = ({ page }: Person) => page.getByRole('complementary', { name: 'Lead' })

async function inbox(person: Person, search = '') {
  await person.goto(`/leads${search}`)
  await person.page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
}

test('T11: leads go round, and are there at once without a reload', async () => {
  await inbox(anna)
  await anna.page.getByText('No leads yet').waitFor()
  for (const [lead, person] of [
    ['Ada', 'Anna Martin'],
    ['Ben', 'Bruno Keller'],
    ['Cem', 'Chloé Dubois'],
    ['Dan', 'Anna Martin'],
  ] as const) {
    await receive(world, welcome, { name: lead, email: `${lead.toLowerCase()}@example.com` })
    await row(anna, lead).getByText(person).waitFor()
  }
  await anna.page.getByText('4 leads', { exact: true }).waitFor()
  await anna.page.getByRole('link', { name: '2 new leads of yours' }).waitFor()
  await accessible(anna.page)
})

test('T11: who is away is passed over, and the lead says so', async () => {
  for (const name of ['Anna', 'Bruno']) await away(world, name, '2100-01-01T09:00:00Z')
  await receive(world, welcome, { name: 'Eve' })
  for (const name of ['Anna', 'Bruno']) await away(world, name, null)
  await inbox(anna)
  await row(anna, 'Eve').getByText('Chloé Dubois').waitFor()
  await anna.page.getByRole('link', { name: 'Eve' }).click()
  await panel(anna)
    .getByText(/The rotation gave this lead to Chloé Dubois: it was their turn\..*Bruno Keller was passed over: they were away\./)
    .waitFor()
  await accessible(anna.page)
})

test('T11: with nobody in the rotation leads wait in sight, until they are given out in turn', async () => {
  await inbox(anna)
  for (const name of ['Finn', 'Gus', 'Hal']) await receive(world, miss, { name })
  const waiting = anna.page.getByRole('region', { name: 'Leads that wait for somebody' })
  await waiting.getByText('3 leads wait for somebody').waitFor()
  await waiting.getByText('nobody is in the rotation').waitFor()
  await waiting.getByRole('button', { name: 'Show them' }).click()
  await anna.page.getByText('3 leads', { exact: true }).waitFor()
  expect(new URL(anna.page.url()).searchParams.get('who')).toBe('nobody')

  await roundRobin(world, miss, ['Bruno', 'Chloé'])
  await waiting.getByText('somebody is available').waitFor()
  await waiting.getByRole('button', { name: 'Assign now: We miss you' }).click()
  await anna.page.getByText('3 leads were given out in turn.').waitFor()
  await waiting.waitFor({ state: 'detached' })
  await inbox(anna, `?campaign=${miss}`)
  await row(anna, 'Finn').getByText('Bruno Keller').waitFor()
  await row(anna, 'Gus').getByText('Chloé Dubois').waitFor()
  await row(anna, 'Hal').getByText('Bruno Keller').waitFor()
  await roundRobin(world, miss, ['Bruno', 'Chloé'], false)
})

test('T11: what comes in while somebody reads further down does not move what they read', async () => {
  for (let i = 1; i <= 40; i++) await receive(world, welcome, { name: `Reader ${i}` })
  await inbox(anna)
  const { page } = anna
  await row(anna, 'Reader 40').waitFor()
  const table = page.getByRole('table', { name: 'Leads' }).locator('..')
  await table.hover()
  await page.mouse.wheel(0, 900)
  const read = row(anna, 'Reader 20')
  await read.waitFor()
  await expect.poll(() => table.evaluate((t) => t.scrollTop)).toBe(900)
  const before = await read.boundingBox()
  await receive(world, welcome, { name: 'Late' })
  const above = page.getByRole('button', { name: '1 new lead above' })
  await above.waitFor()
  expect(await read.boundingBox()).toEqual(before)
  await above.click()
  await row(anna, 'Late').waitFor()
  await above.waitFor({ state: 'detached' })
})

test('T11: a lead is given to somebody else, who has it at once; and it is taken back', async () => {
  await receive(world, miss, { name: 'Ida' })
  await inbox(chloe, '?who=me&q=Ida')
  await chloe.page.getByText('No lead matches').waitFor()
  await inbox(anna)
  await anna.page.getByRole('link', { name: 'Ida' }).click()
  await panel(anna).getByText('This lead waits: nobody was in the rotation when it came.').waitFor()
  await panel(anna).getByRole('button', { name: 'Followed up by Nobody yet' }).click()
  await anna.page.keyboard.type('chl')
  await anna.page.getByRole('option', { name: 'Chloé Dubois' }).click()
  await panel(anna).getByText('Anna Martin gave this lead to Chloé Dubois.').waitFor()
  await row(chloe, 'Ida').waitFor()
  await anna.page.getByRole('button', { name: 'Undo' }).click()
  await panel(anna).getByText('Anna Martin had this lead wait for the rotation.').waitFor()
  await chloe.page.getByText('No lead matches').waitFor()
})

test('two people write the same notes: nothing is overwritten unseen', async () => {
  await receive(world, welcome, { name: 'Jo', email: 'jo@example.com' })
  for (const person of [anna, chloe]) {
    await inbox(person)
    await person.page.getByRole('link', { name: 'Jo', exact: true }).click()
    await panel(person).getByRole('heading', { name: 'Jo' }).waitFor()
  }
  await panel(chloe).getByLabel('Notes').fill('Has the brochure.\n\nNo call yet.')
  await panel(chloe).getByRole('button', { name: 'Save changes' }).click()
  await chloe.page.getByText('The lead was saved.').waitFor()
  await expect.poll(() => panel(anna).getByLabel('Notes').inputValue(), { timeout: 10_000 }).toBe('Has the brochure.\n\nNo call yet.')
  await panel(anna).getByLabel('Notes').fill('Has the brochure and the prices.\n\nNo call yet.')
  await panel(anna).getByLabel('Phone').fill('+33 1 23 45')
  await panel(chloe).getByLabel('Notes').fill('Has the brochure.\n\nWants a call on Monday.')
  await panel(chloe).getByRole('button', { name: 'Save changes' }).click()
  await panel(chloe).getByText('Unsaved changes').waitFor({ state: 'detached' })
  await panel(anna).getByRole('button', { name: 'Save changes' }).click()
  const conflict = anna.page.getByRole('dialog', { name: 'Changed by two people' })
  await conflict.getByRole('radio', { name: 'Both together' }).click()
  await conflict.getByRole('button', { name: 'Keep and save' }).click()
  await anna.page.getByText('The lead was saved.').waitFor()
  for (const person of [anna, chloe]) {
    await expect
      .poll(() => panel(person).getByLabel('Notes').inputValue(), { timeout: 10_000 })
      .toBe('Has the brochure and the prices.\n\nWants a call on Monday.')
    expect(await panel(person).getByLabel('Phone').inputValue()).toBe('+33 1 23 45')
  }
})

test('by keyboard: j and k go from lead to lead, Enter opens, Escape closes, and what is not saved is asked about', async () => {
  await receive(world, welcome, { name: 'Kay' })
  await receive(world, welcome, { name: 'Lou' })
  await inbox(anna)
  const { page } = anna
  await row(anna, 'Lou').waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Lou')
  await page.keyboard.press('Enter')
  await panel(anna).getByRole('heading', { name: 'Lou' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Lou')
  await page.keyboard.press('j')
  await panel(anna).getByRole('heading', { name: 'Kay' }).waitFor()
  await panel(anna).getByLabel('Notes').fill('not saved')
  await panel(anna).getByRole('button', { name: 'Close the lead' }).click()
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' })
  await asked.getByRole('button', { name: 'Cancel' }).click()
  expect(await panel(anna).getByLabel('Notes').inputValue()).toBe('not saved')
  await panel(anna).getByRole('button', { name: 'Discard' }).click()
  await panel(anna).getByRole('heading', { name: 'Kay' }).click()
  await page.keyboard.press('Escape')
  await panel(anna).waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Kay')
})

test('many leads at once: states change and change back, deleting asks', async () => {
  for (const name of ['Mia', 'Ned']) await receive(world, welcome, { name })
  await inbox(anna)
  const { page } = anna
  await page.getByRole('checkbox', { name: 'Select Mia' }).check()
  await page.getByRole('checkbox', { name: 'Select Ned' }).check()
  await page.getByRole('button', { name: 'Set state' }).click()
  await page.getByRole('menuitem', { name: 'Won' }).click()
  await row(anna, 'Mia').getByText('Won').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(anna, 'Mia').getByText('New').waitFor()
  await row(anna, 'Ned').getByText('New').waitFor()
  await page.getByRole('checkbox', { name: 'Select Mia' }).check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog', { name: 'Delete this lead?' }).getByText('This cannot be undone.').waitFor()
  await page.getByRole('button', { name: 'Delete the lead' }).click()
  await row(anna, 'Mia').waitFor({ state: 'detached' })
  await row(anna, 'Ned').waitFor()
})

test('a lead that is deleted while somebody has it open says so', async () => {
  await receive(world, welcome, { name: 'Ola' })
  await inbox(chloe)
  await chloe.page.getByRole('link', { name: 'Ola' }).click()
  await panel(chloe).getByRole('heading', { name: 'Ola' }).waitFor()
  await inbox(anna)
  await anna.page.getByRole('link', { name: 'Ola' }).click()
  await panel(anna).getByRole('button', { name: 'More actions' }).click()
  await anna.page.getByRole('menuitem', { name: 'Delete this lead' }).click()
  await anna.page.getByRole('button', { name: 'Delete the lead' }).click()
  await panel(anna).waitFor({ state: 'detached' })
  await panel(chloe).getByText('This is no longer here').waitFor()
})

test('filters are in the address, and found again by it', async () => {
  await receive(world, welcome, { name: 'Pia Search', phone: '+33 6 11 22 33 44' })
  await inbox(anna)
  const { page } = anna
  await page.getByRole('searchbox').fill('pia sea')
  await page.getByText('1 lead', { exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'State' }).click()
  await page.getByRole('option', { name: 'Lost' }).click()
  await page.getByText('No lead matches').waitFor()
  await page.goBack()
  await row(anna, 'Pia Search').waitFor()
  await page.reload()
  await row(anna, 'Pia Search').waitFor()
  expect(await page.getByRole('searchbox').inputValue()).toBe('pia sea')
})

test('leads come from a file, and what is none is told of', async () => {
  await inbox(anna)
  const { page } = anna
  await page.getByRole('button', { name: 'Import' }).click()
  const window = page.getByRole('dialog', { name: 'Import leads' })
  await accessible(page)
  await window.getByRole('combobox', { name: 'Into the campaign' }).click()
  await page.getByRole('option', { name: 'We miss you' }).click()
  await window
    .locator('input[type=file]')
    .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('Name,Email\nQuin,quin@example.com\nRia,not an address\n') })
  await window.getByRole('button', { name: 'Import the leads' }).click()
  await window.getByText('1 lead came in').waitFor()
  await window.getByText('1 row was left out').waitFor()
  await window.getByText('Line 3').waitFor()
  await window.getByRole('button', { name: 'Done' }).click()
  await row(anna, 'Quin').waitFor()
})

test('T12: members do not delete leads, and see their own where the account says so', async () => {
  const shown = (memberLeads: string) =>
    world.ask('anna', 'mutation($input: ChangeAccountInput!) { changeAccount(input: $input) { errors { message } } }', { input: { memberLeads } })
  for (const name of ['Una', 'Uri', 'Ugo']) await receive(world, welcome, { name }) // to each of three people one
  await inbox(chloe)
  await chloe.page.getByRole('link', { name: 'Una' }).click()
  await panel(chloe).getByRole('heading', { name: 'Una' }).waitFor()
  expect(await panel(chloe).getByRole('button', { name: 'More actions' }).count()).toBe(0)
  await shown('OWN')
  await inbox(chloe)
  await chloe.page.getByText('You see the leads that you follow up.').waitFor()
  await chloe.page.getByRole('link', { name: /^U/ }).waitFor()
  expect(
    await chloe.page
      .getByRole('row')
      .filter({ hasText: /Anna Martin|Bruno Keller/ })
      .count(),
  ).toBe(0)
  expect(await chloe.page.getByRole('combobox', { name: 'Followed up by' }).count()).toBe(0)
  await shown('ALL')
})

test('the inbox is accessible: dark, and narrow in French', async () => {
  await receive(world, miss, { name: 'Vic' })
  for (const look of [{ colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }] as const) {
    const bruno = await world.person('bruno', look)
    await bruno.goto('/leads')
    await bruno.page.getByRole('link', { name: 'Vic' }).waitFor()
    await accessible(bruno.page)
    expect(await bruno.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await bruno.page.getByRole('link', { name: 'Vic' }).click()
    await bruno.page.getByRole('heading', { name: 'Vic', level: 2 }).waitFor()
    await accessible(bruno.page)
    await bruno.leave()
  }
})
