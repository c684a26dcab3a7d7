// The settings: the account's, one's own, and where one is signed in.

import { accessible, beforeAll, expect, type Person, password, test, useWorld } from './lib'

const world = useWorld()
let anna: Person
let bruno: Person

beforeAll(async () => {
  ;[anna, bruno] = await Promise.all([world.person('anna'), world.person('bruno', { colorScheme: 'dark', narrow: true })])
})

test('settings: an owner changes the account, and everyone sees it', async () => {
  const { page } = anna
  await bruno.goto('/settings')
  await bruno.page.getByText('Only owners change the settings of the account.').waitFor()
  await accessible(bruno.page)
  await anna.goto('/settings')
  await page.getByLabel('Name of the account').fill('')
  await accessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Fill this in.').waitFor()
  await page.getByLabel('Name of the account').fill('Maison Clarté')
  await page.getByRole('combobox', { name: 'Time zone' }).fill('paris')
  await page.getByRole('option', { name: 'Europe/Paris' }).click()
  await page.getByLabel('Desktops lock after days').fill('100')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/A copy is not erased before it is locked/).waitFor()
  await page.getByLabel('Desktops lock after days').fill('20')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The settings are saved').waitFor()
  await page.getByRole('button', { name: 'Maison Clarté Switch account' }).waitFor()
  await bruno.page.getByText('Maison Clarté').first().waitFor({ state: 'attached' }) // his window is narrow, and the menu closed
  await bruno.page.getByText('After 20 days without contact').waitFor()
  await bruno.page.getByText('Europe/Paris').waitFor()
})

test('S1: the last owner cannot leave, and whoever leaves has no access any more', async () => {
  const { page } = anna
  await anna.goto('/settings')
  await page.getByRole('button', { name: 'Leave the account' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('heading', { name: 'Leave the account' }).waitFor()

  await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, {
    input: { firstName: 'Fanny', lastName: 'Roy', email: 'fanny@example.com' },
  })
  await world.signUp({ email: 'fanny@example.com', accountName: 'Fanny & Co' })
  const fanny = await world.person('fanny@example.com')
  await fanny.goto(await world.link('fanny@example.com'))
  await fanny.page.getByRole('button', { name: 'Join', exact: true }).click()
  await fanny.page.getByText('Welcome aboard').waitFor()
  await fanny.goto('/settings')
  await fanny.page.getByRole('button', { name: 'Leave the account' }).click()
  await fanny.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await fanny.page.getByRole('heading', { name: 'Log in' }).waitFor()
  const { team } = await world.ask<{ team: { totalCount: number } }>('anna', '{ team(first: 1, search: "fanny") { totalCount } }')
  expect(team.totalCount).toBe(0)
})

test('settings: my name and language change everywhere at once', async () => {
  const chloe = await world.person('chloe')
  await anna.goto('/team')
  await anna.page.getByText('Chloé Dubois').waitFor()
  await chloe.goto('/settings/me')
  const { page } = chloe
  await page.getByLabel('First name').waitFor()
  await accessible(page)
  await page.getByLabel('First name').fill('Chloë')
  await page.getByLabel('Language').selectOption('FR')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Nom et langue' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('fr')
  await page.getByRole('button', { name: /Chloë Dubois/ }).waitFor()
  await anna.page.getByText('Chloë Dubois').waitFor()
  await accessible(page)
})

test('sessions: this one is marked, another is ended and signed out at once, and so are all others', async () => {
  const phone = await world.guest({ narrow: true })
  const logIn = async () => {
    await phone.goto('/login')
    await phone.page.getByLabel('Email address').fill('bruno@demo.example')
    await phone.page.getByLabel('Password', { exact: true }).fill(password)
    await phone.page.keyboard.press('Enter')
    await phone.page.getByText('Welcome aboard').waitFor()
  }
  await logIn()
  const { page } = bruno
  await bruno.goto('/settings/sessions')
  const items = page.getByRole('main').getByRole('listitem')
  await items.filter({ hasText: 'This one' }).waitFor()
  expect(await items.filter({ hasText: 'This one' }).count()).toBe(1)
  await accessible(page)
  await items.filter({ hasText: 'Chrome · Linux' }).filter({ hasNotText: 'This one' }).getByRole('button').click()
  const end = page.getByRole('dialog').getByRole('button', { name: 'End' })
  await end.waitFor()
  await accessible(page)
  await end.click()
  await page.getByText('1 session has ended').waitFor()
  await phone.page.getByRole('heading', { name: 'Log in' }).waitFor()
  await logIn()
  await page.reload()
  await page.getByRole('button', { name: 'End all others' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
  await phone.page.getByRole('heading', { name: 'Log in' }).waitFor()
  await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'detached' })
  expect(await items.count()).toBe(1)
})

test('settings: a new password needs the old one, and then only it opens the account', async () => {
  await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, {
    input: { firstName: 'Gina', lastName: 'Weber', email: 'gina@example.com' },
  })
  const gina = await world.guest()
  await gina.goto(await world.link('gina@example.com'))
  const { page } = gina
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Make my login and join' }).click()
  await page.getByText('Welcome aboard').waitFor()
  await gina.goto('/settings/me')
  await page.getByLabel('Password as it is').fill('something else')
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByLabel('New password').and(page.locator('[aria-invalid=true]')).waitFor()
  await page.getByLabel('New password').fill('a sentence of mine')
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByLabel('Password as it is').and(page.locator('[aria-invalid=true]')).waitFor()
  await page.getByLabel('Password as it is').fill(password)
  await page.getByRole('button', { name: 'Set the new password' }).click()
  await page.getByText('The new password is set.').waitFor()
  const other = await world.guest()
  await other.goto('/login')
  await other.page.getByLabel('Email address').fill('gina@example.com')
  await other.page.getByLabel('Password', { exact: true }).fill('a sentence of mine')
  await other.page.keyboard.press('Enter')
  await other.page.getByText('Welcome aboard').waitFor()
})
