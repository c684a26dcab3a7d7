// The pages of those who are not within an account yet.

import { accessible, expect, type Look, password, test, useWorld } from './lib'

const world = useWorld()
const looks: Look[] = [{}, { colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }]

test('someone logs in and is where they wanted to go', async () => {
  const { page } = await world.guest()
  await page.goto(`${world.url}/lists?archive=ALL`)
  await page.getByLabel('Email address').fill('anna@demo.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Contact lists' }).waitFor()
  expect(page.url()).toBe(`${world.url}/lists?archive=ALL`)
  await page.goto(`${world.url}/login?next=/campaigns`)
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor() // whoever is logged in need not be asked
})

test('logging in leads to no other site', async () => {
  const { page } = await world.guest()
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example/']) {
    await page.goto(`${world.url}/login?next=${encodeURIComponent(next)}`)
    await page.getByLabel('Email address').fill('anna@demo.example')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
    expect(page.url()).toBe(`${world.url}/campaigns`)
    await page.context().clearCookies()
  }
})

test('a wrong password is said at once, keeps what was typed, and tells nobody who has a login', async () => {
  const { page } = await world.guest()
  await page.goto(`${world.url}/login`)
  const said: string[] = []
  for (const email of ['anna@demo.example', 'nobody@demo.example']) {
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('something else')
    await page.getByRole('button', { name: 'Log in' }).click()
    const alert = page.getByRole('alert').or(page.locator('[aria-invalid=true] ~ *, .mantine-InputWrapper-error'))
    await page.locator('form[aria-busy=false][data-wrong], form:has([role=alert])').waitFor()
    said.push(await alert.first().innerText())
    expect(await page.getByLabel('Email address').inputValue()).toBe(email)
  }
  expect(said[0]).toBe(said[1])
  await accessible(page)
})

test('what is missing is said below its field, and the cursor is put there', async () => {
  const { page } = await world.guest()
  await page.goto(`${world.url}/login`)
  await page.getByRole('button', { name: 'Log in' }).click()
  const email = page.getByLabel('Email address')
  await email.and(page.locator('[aria-invalid=true]:focus')).waitFor()
  const words = await email.getAttribute('aria-describedby')
  expect(await page.locator(`[id="${words?.split(' ').at(-1)}"]`).innerText()).toBe('Fill this in.')
  await accessible(page)
})

test('who has no account any more can go', async () => {
  await world.signUp({ email: 'finn@example.com', accountName: 'For a while' })
  await world.sql("UPDATE collaborators SET status = 'deactivated' WHERE account_id = (SELECT id FROM accounts WHERE name = 'For a while')")
  const { page } = await world.guest()
  await page.goto(`${world.url}/login`)
  await page.getByLabel('Email address').fill('finn@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('finn@example.com has access to no account at present.').waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
})

test('someone signs up in French and is in an account of their own', async () => {
  const { page } = await world.guest({ locale: 'fr-FR' })
  await page.goto(`${world.url}/login`)
  await page.getByRole('link', { name: 'S’inscrire' }).click()
  await page.getByLabel('Nom du compte').fill('Atelier Roux')
  await page.getByLabel('Prénom').fill('Dora')
  await page.getByLabel('Nom', { exact: true }).fill('Roux')
  await page.getByLabel('Adresse').fill('dora@example.com')
  await page.getByLabel('Mot de passe', { exact: true }).fill('court')
  await page.keyboard.press('Enter')
  await page.getByLabel('Mot de passe', { exact: true }).and(page.locator('[aria-invalid=true]:focus')).fill('une phrase assez longue')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Atelier Roux/ }).waitFor()
  await page.getByText('Pas encore de campagne').waitFor()
  await accessible(page)
  const { viewer } = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'partage-client': 'e2e' }
    const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: '{ viewer { user { locale } } }' }) })
    return (await answer.json()).data
  })
  expect(viewer.user.locale).toBe('FR')
})

test('a forgotten password is set anew with the link of a mail, once, and ends all sessions', async () => {
  const before = await world.person('bruno')
  await before.goto('/campaigns')
  const { page } = await world.guest()
  await page.goto(`${world.url}/login`)
  await page.getByRole('link', { name: 'Forgotten password?' }).click()
  await page.getByRole('heading', { name: 'Forgotten password' }).waitFor() // the page before has a field of that name, too
  await page.getByLabel('Email address').fill('bruno@demo.example')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
  await accessible(page)
  const link = await world.link('bruno@demo.example')
  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill('a new sentence')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'The new password is set' }).waitFor()
  await before.page.getByRole('heading', { name: 'Log in' }).waitFor() // at once, in the browser that was logged in
  await page.getByRole('link', { name: 'Log in' }).click()
  await page.getByLabel('Email address').fill('bruno@demo.example')
  await page.getByLabel('Password', { exact: true }).fill('a new sentence')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()

  const { page: again } = await world.guest()
  await again.goto(link)
  await again.getByLabel('New password', { exact: true }).fill('another sentence')
  await again.keyboard.press('Enter')
  await again.getByRole('alert').or(again.locator('[aria-invalid=true]')).first().waitFor()
})

test('a link of a mail that was cut says so', async () => {
  const { page } = await world.guest()
  await page.goto(`${world.url}/reset-password`)
  await page.getByText('This link is not whole.').waitFor()
  await page.getByRole('link', { name: 'Forgotten password?' }).click()
  await page.getByRole('heading', { name: 'Forgotten password' }).waitFor() // the page before has a field of that name, too
  await page.getByRole('button', { name: 'Send the link' }).waitFor()
})

test('the pages of guests are accessible: light, dark, French and narrow', async () => {
  for (const look of looks) {
    const { page } = await world.guest(look)
    for (const path of ['/login', '/sign-up', '/forgot-password', '/reset-password#token=x', '/invitation#token=x', '/nowhere']) {
      await page.goto(world.url + path)
      await page.getByRole('heading').first().waitFor()
      await accessible(page)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(beyond, `${path} is wider than the window`).toBe(0)
    }
    await page.context().close()
  }
})

test('an address that is none says so, and leads home', async () => {
  const { page } = await world.person('anna')
  await page.goto(`${world.url}/no/such/page`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.getByRole('link', { name: 'Go to the campaigns' }).click()
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
})
