// A server that nobody has come to yet.

import { accessible, password, test, useWorld } from './lib'

const world = useWorld('empty')

test('the first visitor signs up, those after them log in, and mails are found where no server sends them', async () => {
  const { page } = await world.guest()
  await page.goto(world.url)
  await page.getByText('Nobody has signed up on this server yet.').waitFor()
  await accessible(page)
  await page.getByLabel('Name of the account').fill('Atelier')
  await page.getByLabel('First name').fill('Ada')
  await page.getByLabel('Last name').fill('Roux')
  await page.getByLabel('Email address').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('No campaigns yet').waitFor()

  const { page: next } = await world.guest()
  await next.goto(world.url)
  await next.getByRole('heading', { name: 'Log in' }).waitFor()
  await next.getByRole('link', { name: 'Forgotten password?' }).click()
  await next.getByRole('heading', { name: 'Forgotten password' }).waitFor()
  await next.getByLabel('Email address').fill('ada@example.com')
  await next.keyboard.press('Enter')
  const opened = next.waitForEvent('popup')
  await next.getByRole('link', { name: 'Read them' }).click()
  await (await opened).getByText('ada@example.com').first().waitFor()
})
