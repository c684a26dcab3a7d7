// What stands around all pages within an account.

import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

async function campaigns(person: Person) {
  await person.goto('/campaigns')
  await person.page.getByText('Welcome aboard').waitFor()
}

test('the frame is accessible: light, dark, French and narrow', async () => {
  for (const look of [{}, { colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }] as const) {
    const bruno = await world.person('bruno', look)
    await campaigns(bruno)
    await accessible(bruno.page)
    await bruno.leave()
  }
})

test('S7: the menu of accounts opens another one without a password, in all windows', async () => {
  await world.signUp({ email: 'dora@example.com', accountName: 'Atelier Roux' })
  const invite = `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`
  await world.ask('dora@example.com', invite, { input: { firstName: 'Anna', lastName: 'Martin', email: 'anna@demo.example', role: 'MANAGER' } })
  const token = new URLSearchParams(new URL(await world.link('anna@demo.example')).hash.slice(1)).get('token')
  await world.ask('anna', `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { message } } }`, { input: { token } })

  const { page } = anna
  await campaigns(anna)
  const other = await anna.window('/campaigns')
  await other.getByText('Welcome aboard').waitFor()
  await page.getByRole('button', { name: 'Maison Lumière Switch account' }).press('Enter')
  await page
    .getByRole('menuitem', { name: /Maison Lumière/ })
    .and(page.locator('[aria-current=true]'))
    .waitFor()
  await accessible(page)
  await page.keyboard.press('ArrowDown')
  await page.getByRole('menuitem', { name: /Atelier Roux/ }).click()
  for (const window of [page, other]) {
    await window.getByRole('button', { name: 'Atelier Roux Switch account' }).waitFor()
    await window.getByText('No campaigns yet').waitFor()
    await window.getByText('Welcome aboard').waitFor({ state: 'detached' })
  }
  await other.close()
  await page.getByRole('button', { name: 'Atelier Roux Switch account' }).click()
  await page.getByRole('menuitem', { name: /Maison Lumière/ }).click()
  await page.getByText('Welcome aboard').waitFor()
})

test('S7: whoever has several accounts chooses one after logging in', async () => {
  await world.signUp({ email: 'fanny@example.com', accountName: 'Fanny & Co' })
  await world.signUp({ email: 'emile@example.com', accountName: 'Chez Émile' })
  const invite = `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`
  await world.ask('emile@example.com', invite, { input: { firstName: 'Fanny', lastName: 'Roy', email: 'fanny@example.com', role: 'MEMBER' } })
  const token = new URLSearchParams(new URL(await world.link('fanny@example.com')).hash.slice(1)).get('token')
  await world.ask('fanny@example.com', `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { message } } }`, {
    input: { token },
  })
  const { page } = await world.guest()
  await page.goto(`${world.url}/lists`)
  await page.getByLabel('Email address').fill('fanny@example.com')
  await page.getByLabel('Password', { exact: true }).fill('partage-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
  await accessible(page)
  await page.getByRole('button', { name: /Chez Émile/ }).click()
  await page.getByRole('heading', { name: 'Contact lists' }).waitFor()
})

test('the language is that of the browser, then the one chosen, and stays', async () => {
  const bruno = await world.person('bruno', { locale: 'fr-FR' })
  await campaigns(bruno)
  const { page } = bruno
  await page.getByRole('heading', { name: 'Campagnes' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('fr')
  await page.getByRole('button', { name: /Bruno Keller/ }).click()
  const english = page.getByRole('menuitemradio', { name: 'English' })
  await english.waitFor()
  await accessible(page)
  await english.click()
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.reload()
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
})

test('light and dark follow the system, then what is chosen', async () => {
  const bruno = await world.person('bruno', { colorScheme: 'dark' })
  await campaigns(bruno)
  const { page } = bruno
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-mantine-color-scheme=light]').waitFor()
  await page.getByRole('button', { name: /Bruno Keller/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await page.reload()
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
})

test('a lost connection is said, and what was missed is there when it is back', async () => {
  await campaigns(anna)
  const { page } = anna
  anna.forgive(/ERR_|WebSocket/)
  await world.cut()
  await page.getByText('No live connection. Trying again…').waitFor()
  await world.mend()
  await world.ask('bruno', `mutation($input: CreateCampaignInput!) { createCampaign(input: $input) { errors { message } } }`, {
    input: { name: 'Made meanwhile' },
  })
  await page.getByText('Made meanwhile').waitFor({ timeout: 30_000 })
  await page.getByText('No live connection. Trying again…').waitFor({ state: 'detached' })
})

test('an offline browser says so', async () => {
  await campaigns(anna)
  const { page } = anna
  anna.forgive(/ERR_|WebSocket/)
  await anna.context.setOffline(true)
  await page.getByText('You are offline. What you see may be old.').waitFor()
  await accessible(page)
  await anna.context.setOffline(false)
  await page.getByText('You are offline. What you see may be old.').waitFor({ state: 'detached' })
})

test('what was not fetched before the connection was lost comes when it is back, and nothing goes off the screen', async () => {
  const chloe = await world.person('chloe')
  chloe.forgive(/ERR_|WebSocket/)
  await campaigns(chloe)
  const { page } = chloe
  const offline = page.getByText('You are offline. What you see may be old.')
  await chloe.context.setOffline(true)
  await offline.waitFor()
  await page.getByRole('button', { name: 'Actions for Welcome aboard' }).click()
  await page.getByRole('link', { name: 'Leads' }).click()
  await page.getByText('Welcome aboard').waitFor()
  await chloe.context.setOffline(false)
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Actions for Welcome aboard' }).click()
  await page.getByRole('menuitem', { name: 'Properties' }).waitFor()
})

test('a page that opens without a server says so, and opens when it is back', async () => {
  await campaigns(anna)
  const { page } = anna
  anna.forgive(/ERR_|WebSocket/)
  await page.route('**/graphql', (route) => route.abort())
  await page.reload()
  await page.getByRole('heading', { name: 'The server does not answer' }).waitFor()
  await accessible(page)
  await page.unroute('**/graphql')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Welcome aboard').waitFor()
})

test('logging out in one window logs out the others', async () => {
  const chloe = await world.person('chloe')
  await campaigns(chloe)
  const other = await chloe.window('/lists')
  await other.getByRole('heading', { name: 'Contact lists' }).waitFor()
  await chloe.page.getByRole('button', { name: /Chloé Dubois/ }).click()
  await chloe.page.getByRole('menuitem', { name: 'Log out' }).click()
  world.forget('chloe')
  for (const window of [chloe.page, other]) await window.getByRole('heading', { name: 'Log in' }).waitFor()
  await other.goto(`${world.url}/team`)
  await other.getByRole('heading', { name: 'Log in' }).waitFor()
})

test('the keyboard goes everywhere: the skip link, the menus, and back to where it was', async () => {
  await campaigns(anna)
  const { page } = anna
  await page.reload()
  await page.getByText('Welcome aboard').waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('link', { name: 'Go to the content' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('main:focus').waitFor()

  const menu = page.getByRole('button', { name: /Anna Martin/ })
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.locator('[role^=menuitem]:focus').waitFor()
  await page.keyboard.press('Escape')
  await menu.and(page.locator(':focus')).waitFor()

  for (let i = 0; i < 40 && !(await page.getByRole('link', { name: 'Contact lists' }).and(page.locator(':focus')).isVisible()); i++)
    await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Contact lists' }).waitFor()
})

test('a narrow window has the places behind a button', async () => {
  const bruno = await world.person('bruno', { narrow: true })
  await campaigns(bruno)
  const { page } = bruno
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(beyond).toBe(0)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Contact lists' }).waitFor()
  await accessible(page)
  await page.getByRole('link', { name: 'Contact lists' }).click()
  await page.getByRole('heading', { name: 'Contact lists' }).waitFor()
  await page.getByRole('link', { name: 'Contact lists' }).waitFor({ state: 'hidden' })
})
