// The rotation of a campaign, and the form that its leads come from.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'
import { away, campaignNamed, receive, roundRobin } from './lib/leads'

const world = useWorld()
let anna: Person
let bruno: Person
let welcome: string

beforeAll(async () => {
  anna = await world.person('anna')
  bruno = await world.person('bruno')
  welcome = await campaignNamed(world, 'Welcome aboard')
})

async function rotation(person: Person) {
  await person.goto(`/campaigns/${welcome}/rotation`)
  await person.page.getByRole('heading', { name: 'Welcome aboard', level: 1 }).waitFor()
}

const people = ({ page }: Person) => page.getByRole('list', { name: 'Who is given leads, in turn' }).getByRole('listitem')

/** The names in their order. */
const order = (person: Person) => people(person).evaluateAll((rows) => rows.map((r) => /Anna|Bruno|Chloé/.exec(r.textContent ?? '')?.[0]))

test('T4: whose round robin is turned on stands in the rotation at once', async () => {
  await rotation(anna)
  await anna.page.getByText('Nobody is in this rotation').waitFor()
  await accessible(anna.page)
  await roundRobin(world, welcome, ['Anna', 'Bruno', 'Chloé'])
  await expect.poll(() => order(anna)).toEqual(['Anna', 'Bruno', 'Chloé'])
  await people(anna).filter({ hasText: 'Anna' }).getByText('Next').waitFor()
  await receive(world, welcome, { name: 'Ada' })
  await people(anna).filter({ hasText: 'Bruno' }).getByText('Next').waitFor()
  await people(anna).filter({ hasText: 'Anna' }).getByText('1 open lead').waitFor()
})

test('T11: who is away is seen to be, and is not next', async () => {
  await rotation(anna)
  await away(world, 'Bruno', '2100-01-01T09:00:00Z')
  await people(anna).filter({ hasText: 'Bruno' }).getByText('Away until').waitFor()
  await people(anna).filter({ hasText: 'Chloé' }).getByText('Next').waitFor()
  await away(world, 'Bruno', null)
  await people(anna).filter({ hasText: 'Bruno' }).getByText('Next').waitFor()
})

test('T11: an owner changes the order by keyboard and by dragging; everyone sees it', async () => {
  await rotation(bruno)
  await rotation(anna)
  const handle = anna.page.getByRole('button', { name: /^Move Chloé Dubois/ })
  await handle.focus()
  await handle.press('ArrowUp')
  await handle.press('ArrowUp')
  await expect.poll(() => order(bruno)).toEqual(['Chloé', 'Anna', 'Bruno'])
  await expect.poll(() => order(anna)).toEqual(['Chloé', 'Anna', 'Bruno'])
  expect(await handle.evaluate((h) => h === document.activeElement)).toBe(true)

  const grip = anna.page.getByRole('button', { name: /^Move Bruno Keller/ })
  const [from, to] = [await grip.boundingBox(), await people(anna).first().boundingBox()]
  if (!from || !to) throw new Error('the rows are not on the screen')
  await anna.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await anna.page.mouse.down()
  await anna.page.mouse.move(from.x + 10, to.y + 10, { steps: 6 })
  await anna.page.mouse.up()
  await expect.poll(() => order(bruno)).toEqual(['Bruno', 'Chloé', 'Anna'])
  await rotation(anna)
  await expect.poll(() => order(anna)).toEqual(['Bruno', 'Chloé', 'Anna'])
})

test('T11: while it is paused leads wait; then they are given out', async () => {
  await rotation(anna)
  await anna.page.getByRole('button', { name: 'Pause' }).click()
  await anna.page.getByText('Paused', { exact: true }).waitFor()
  await receive(world, welcome, { name: 'Ben' })
  await anna.page.getByText('1 lead waits: the rotation is paused.').waitFor()
  await anna.page.getByRole('button', { name: 'Resume' }).click()
  await anna.page.getByText('somebody is available').waitFor()
  await anna.page.getByRole('button', { name: 'Assign now: Welcome aboard' }).click()
  await anna.page.getByText('1 lead was given out in turn.').waitFor()
  await anna.page.getByText('1 lead waits').waitFor({ state: 'detached' })
})

test('T8: only an owner changes a rotation; a member does not see the form', async () => {
  await rotation(bruno)
  await people(bruno).first().waitFor()
  expect(await bruno.page.getByRole('button', { name: /^Move|^Pause|^Actions for/ }).count()).toBe(0)
  await bruno.page.getByRole('heading', { name: 'Lead form' }).waitFor()
  const chloe = await world.person('chloe')
  await rotation(chloe)
  await people(chloe).first().waitFor()
  expect(await chloe.page.getByRole('heading', { name: 'Lead form' }).count()).toBe(0)
  expect(await chloe.page.getByRole('button', { name: /^Move|^Pause|^Actions for/ }).count()).toBe(0)
})

test('the key of the form is shown once; what is sent with it comes in', async () => {
  await rotation(bruno)
  const { page } = bruno
  await page.getByRole('button', { name: 'Make a key' }).click()
  const shown = page.getByRole('dialog', { name: 'The key of the lead form' })
  const address = await shown.getByText(/\/leads\/plk_/).textContent()
  await accessible(page)
  await shown.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByText('There is a key.').waitFor()
  await page.getByRole('radiogroup', { name: 'How to send a lead' }).getByText('curl').click()
  await page.getByText(`curl ${address}`).waitFor() // as long as the page is open
  await rotation(bruno)
  await page.getByText('YOUR-KEY').waitFor()
  expect(await page.getByText('plk_').count()).toBe(0)

  const key = address?.split('/').at(-1)
  await anna.goto('/leads')
  const sent = await fetch(`${world.url}/leads/${key}`, {
    method: 'POST',
    body: new URLSearchParams({ name: 'Cem', email: 'cem@example.com', message: 'Hello' }),
  })
  expect(sent.status).toBe(201)
  await anna.page.getByRole('link', { name: 'Cem' }).click()
  await anna.page.getByText('Hello', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Make a new key' }).click()
  await page.getByRole('dialog', { name: 'Make a new key?' }).getByRole('button', { name: 'Make a new key' }).click()
  await shown.waitFor()
  const old = await fetch(`${world.url}/leads/${key}`, { method: 'POST', body: new URLSearchParams({ name: 'Dan' }) })
  expect(old.status).toBe(404)
})

test('only sites that are named may send, once one is', async () => {
  await rotation(anna)
  const { page } = anna
  const sites = page.getByRole('textbox', { name: 'Web pages that may send' }).or(page.getByRole('combobox', { name: 'Web pages that may send' }))
  await sites.fill('no site')
  await sites.press('Enter')
  await page.getByRole('button', { name: 'Save sites' }).click()
  await page.getByText('is not an origin like https://www.example.com').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await sites.fill('https://www.example.com')
  await sites.press('Enter')
  await page.getByRole('button', { name: 'Save sites' }).click()
  await page.getByText('The sites were saved.').waitFor()
  await rotation(anna)
  await page.getByText('https://www.example.com', { exact: true }).waitFor()
})

test('the rotation is accessible: light, dark, and narrow in French', async () => {
  for (const look of [{}, { colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }] as const) {
    const person = await world.person('anna', look)
    await person.goto(`/campaigns/${welcome}/rotation`)
    await person.page.getByText('Bruno Keller').waitFor()
    await person.page.getByRole('heading', { name: /Lead form|Formulaire/ }).waitFor()
    await accessible(person.page)
    expect(await person.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await person.leave()
  }
})
