// Accepting an invitation.

import { accessible, expect, type Person, password, test, useWorld } from './lib'

const world = useWorld()

const invite = `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`

async function invited(email: string, by = 'anna', role = 'MEMBER'): Promise<string> {
  await world.ask(by, invite, { input: { firstName: 'Émile', lastName: 'Roy', email, role } })
  return world.link(email)
}

async function inAccount({ page }: Person, name: string) {
  await page.getByRole('button', { name: new RegExp(name) }).waitFor()
}

test('S5, S6: whoever has no login makes one with the link of the mail, and is in the account', async () => {
  const link = await invited('emile@example.com')
  const emile = await world.guest()
  await emile.goto(link)
  const { page } = emile
  await page.getByRole('heading', { name: 'Join Maison Lumière' }).waitFor()
  await page.getByText('Anna Martin invites you.').waitFor()
  await accessible(page)
  expect(await page.getByLabel('First name').inputValue()).toBe('Émile')
  await page
    .getByLabel('Password', { exact: true })
    .or(page.getByLabel('New password', { exact: true }))
    .fill('a sentence of mine')
  await page.getByRole('button', { name: 'Make my login and join' }).click()
  await inAccount(emile, 'Maison Lumière')
  await page.getByText('Welcome aboard').waitFor()

  const late = await world.guest()
  await late.goto(link)
  await late.page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  await accessible(late.page)
})

test('S6: whoever has a login joins with it, and then has both accounts', async () => {
  await world.signUp({ email: 'dora@example.com', accountName: 'Atelier Roux' })
  const dora = await world.guest({ colorScheme: 'dark' })
  await dora.goto(await invited('dora@example.com'))
  const { page } = dora
  await page.getByText('You have a login. Log in to join.').waitFor()
  await accessible(page)
  await page.getByLabel('Password', { exact: true }).fill('something else')
  await page.keyboard.press('Enter')
  await page.locator('form[aria-busy=false][data-wrong], form:has([role=alert])').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await inAccount(dora, 'Maison Lumière')
  await page.getByRole('button', { name: /Maison Lumière/ }).click()
  await page.getByRole('menuitem', { name: /Atelier Roux/ }).waitFor()
})

test('S6: whoever is logged in joins by one button, and their other windows follow', async () => {
  await world.signUp({ email: 'fanny@example.com', accountName: 'Fanny & Co' })
  const fanny = await world.person('fanny@example.com')
  const other = await fanny.window('/campaigns')
  await fanny.goto(await invited('fanny@example.com'))
  await fanny.page.getByText('You are signed in as fanny@example.com.').waitFor()
  await accessible(fanny.page)
  await fanny.page.getByRole('button', { name: 'Join', exact: true }).click()
  await inAccount(fanny, 'Maison Lumière')
  await other.getByRole('button', { name: /Maison Lumière/ }).waitFor()
})

test('S6: an invitation for another address than the one logged in says so first', async () => {
  const link = await invited('gabriel@example.com')
  const bruno = await world.person('bruno')
  await bruno.goto(link)
  const { page } = bruno
  await page.getByText('You are signed in as bruno@demo.example, and this invitation is for gabriel@example.com.').waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Make my login and join' }).click()
  await page
    .getByLabel(/password/i)
    .and(page.locator('input'))
    .fill('a sentence of mine')
  await page.getByRole('button', { name: 'Make my login and join' }).click()
  await page.getByRole('button', { name: /Émile Roy/ }).waitFor()
})

test('S5: a link that has expired says who can help', async () => {
  const link = await invited('late@example.com')
  await world.later('1000h')
  const { page } = await world.guest()
  await page.goto(link)
  await page.getByText('Whoever invited you can send a new one.').waitFor()
})
