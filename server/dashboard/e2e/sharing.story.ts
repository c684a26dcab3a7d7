// Settings > Sharing: inviting people, and who sees what is made.

import { accessible, beforeAll, eventually, expect, type Person, password, test, useWorld } from './lib'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

async function sharing(person: Person) {
  await person.goto('/settings/sharing')
  await person.page.getByRole('heading', { name: 'Pending invitations' }).waitFor()
  return person.page
}

const row = (name: string) => anna.page.getByRole('row', { name: new RegExp(name) })

async function act(name: string, what: string) {
  await anna.page.getByRole('button', { name: `Actions for ${name}` }).click()
  await anna.page.getByRole('menuitem', { name: what }).click()
}

test('S5, S6, S4: a person is invited with role, rights and access, and has them when they have joined', async () => {
  const page = await sharing(anna)
  await page.getByText('No invitation is pending').waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  expect(await dialog.getByText('Fill this in.').count()).toBe(3)
  await dialog.getByLabel('First name').fill('Émile')
  await dialog.getByLabel('Last name').fill('Roy')
  await dialog.getByLabel('Email').fill('chloe@demo.example')
  await dialog.getByLabel('Role').selectOption({ label: 'Manager' })
  await dialog.getByLabel('May send campaigns').check()
  for (const item of ['Investors', 'Black Friday']) {
    await dialog.getByRole('combobox', { name: /^Add a campaign/ }).fill(item)
    await page.getByRole('option', { name: item }).click()
  }
  await dialog.getByRole('combobox', { name: 'Access to Investors' }).selectOption({ label: 'May view' })
  await dialog.getByLabel('Round robin').check()
  await accessible(page)
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await dialog.getByLabel('Email').and(page.locator('[aria-invalid=true]')).waitFor()
  await dialog.getByLabel('Email').fill('emile@example.com')
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByText('An invitation went to emile@example.com').waitFor()
  await page.getByRole('row', { name: /Émile Roy.*Manager · may send.*2 items.*by Anna Martin.*Waiting/ }).waitFor()

  const emile = await world.guest()
  await emile.goto(await world.link('emile@example.com'))
  await emile.page.getByLabel('Password', { exact: true }).fill(password)
  await emile.page.getByRole('button', { name: 'Make my login and join' }).click()
  await emile.page.getByText('Black Friday').waitFor()
  await row('Émile Roy').waitFor({ state: 'detached' })
  const { viewer, items } = await world.ask<{
    viewer: { collaborator: { role: string; canSend: boolean; canExport: boolean } }
    items: { edges: { node: { name: string; myLevel: string } }[] }
  }>('emile@example.com', '{ viewer { collaborator { role canSend canExport } } items(first: 100) { edges { node { name myLevel } } } }')
  expect(viewer.collaborator).toEqual({ role: 'MANAGER', canSend: true, canExport: false })
  const levels = Object.fromEntries(items.edges.map(({ node }) => [node.name, node.myLevel]))
  expect(levels).toMatchObject({ Investors: 'VIEW', 'Black Friday': 'EDIT' })
})

test('S5: people are invited from a file, after it was said line by line what would happen', async () => {
  const page = await sharing(anna)
  await page.getByRole('button', { name: 'From a file' }).click()
  const dialog = page.getByRole('dialog')
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download a sample' }).click()
  expect((await saved).suggestedFilename()).toBe('partage.csv')
  const lines = [
    'Email;First name;Last name;Role',
    'hana@example.com;Hana;Mori;manager',
    'bruno@demo.example;Bruno;Keller;',
    'no address;Ivo;Lang;',
    'ivo@example.com;Ivo;Lang;chief',
  ]
  await page.locator('input[type=file]').setInputFiles({ name: 'team.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) })
  await dialog.getByText('Nothing has happened yet. 1 person of 4 lines would be invited.').waitFor()
  await dialog.getByRole('row', { name: /^2 hana@example.com Would be invited/ }).waitFor()
  await dialog.getByRole('row', { name: /^3 bruno@demo.example In the account already/ }).waitFor()
  await dialog.getByRole('row', { name: /^4 no address Refused/ }).waitFor()
  await dialog.getByRole('row', { name: /^5 ivo@example.com Refused.*The role is owner, manager or member\./ }).waitFor()
  await accessible(page)
  await dialog.getByText('Refused 2').click()
  await dialog.getByRole('row', { name: /hana/ }).waitFor({ state: 'detached' })
  await expect(world.link('hana@example.com')).rejects.toThrow('no mail')
  await dialog.getByRole('button', { name: 'Send 1 invitation' }).click()
  await dialog.getByText('1 invitation went out.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await row('Hana Mori.*Manager').waitFor()
  expect(await world.link('hana@example.com')).toContain('/invitation')
})

test('S5: a file that cannot be read says why, and stays to be mended', async () => {
  const page = await sharing(anna)
  await page.getByRole('button', { name: 'From a file' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Or paste the lines').fill('Name,Town\nLéa,Lyon\n')
  await dialog.getByRole('button', { name: 'See what would happen' }).click()
  await dialog.getByRole('alert').getByText('No column is named Email').waitFor()
  expect(await dialog.getByLabel('Or paste the lines').inputValue()).toContain('Léa,Lyon')
})

test('S5: a pending invitation is changed, sent again with a new link, and withdrawn', async () => {
  await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, {
    input: { firstName: 'Gina', lastName: 'Weber', email: 'gina@example.com' },
  })
  const first = await world.link('gina@example.com')
  await world.later('2m')
  const page = await sharing(anna)
  await row('Gina Weber.*Member.*No item in particular').waitFor()
  await act('Gina Weber', 'Change what it gives')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: /^Add a campaign/ }).click()
  await page.getByRole('option', { name: 'Investors' }).click()
  await dialog.getByLabel('May export lists').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row('Gina Weber.*Member · may export.*1 item').waitFor()

  await act('Gina Weber', 'Send again')
  await page.getByText('A new link went to gina@example.com').waitFor()
  const second = await world.link('gina@example.com')
  expect(second).not.toBe(first)

  await act('Gina Weber', 'Withdraw')
  await dialog.getByText('This cannot be undone').waitFor()
  await accessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await row('Gina Weber').waitFor()
  await act('Gina Weber', 'Withdraw')
  await dialog.getByRole('button', { name: 'Withdraw' }).click()
  await row('Gina Weber').waitFor({ state: 'detached' })
  for (const link of [first, second]) {
    const gina = await world.guest()
    await gina.goto(link)
    await gina.page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  }
})

test('S8: what is made is for everyone, or for those who are added, as the account says', async () => {
  const chloe = await world.person('chloe')
  const page = await sharing(anna)
  await page.getByRole('radio', { name: 'Everyone in the account' }).and(page.locator(':checked')).waitFor()
  const make = (name: string) =>
    world.ask('anna', `mutation($input: CreateCampaignInput!) { createCampaign(input: $input) { errors { message } } }`, { input: { name } })
  await make('Made for all')
  await chloe.goto('/campaigns')
  await chloe.page.getByText('Made for all').waitFor()
  await page.getByRole('radio', { name: 'Restricted' }).check()
  await page.getByText('New items are restricted').waitFor()
  await make('Made for few')
  await anna.goto('/campaigns')
  await page.getByText('Made for few').waitFor()
  await make('Made for few, too')
  await page.getByText('Made for few, too').waitFor()
  await eventually(async () => {
    const { campaigns } = await world.ask<{ campaigns: { edges: { node: { name: string } }[] } }>(
      'chloe',
      '{ campaigns(first: 100) { edges { node { name } } } }',
    )
    const names = campaigns.edges.map(({ node }) => node.name)
    expect(names).toContain('Made for all')
    expect(names.filter((n) => n.startsWith('Made for few'))).toEqual([])
  })
  await chloe.page.getByText('Made for all').waitFor()
  expect(await chloe.page.getByText('Made for few').count()).toBe(0)
  await sharing(anna)
  await page.getByRole('radio', { name: 'Everyone in the account' }).check()
  await page.getByText('New items are for everyone').waitFor()
})

test('S5: who is no owner is told who invites', async () => {
  const bruno = await world.person('bruno', { colorScheme: 'dark' })
  await bruno.goto('/settings/sharing')
  await bruno.page.getByRole('heading', { name: 'Owners only' }).waitFor()
  expect(await bruno.page.getByRole('link', { name: 'Sharing' }).count()).toBe(0)
  await accessible(bruno.page)
})

test('S5: an invitation whose link has expired is sent again, and its new link works', async () => {
  const expired = await world.link('hana@example.com')
  await world.later('200h')
  await anna.goto('/team')
  await row('Hana Mori').getByText('Link expired').waitFor()
  const page = await sharing(anna)
  await row('Hana Mori').getByText('Expired').waitFor()
  const hana = await world.guest()
  await hana.goto(expired)
  await hana.page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  await act('Hana Mori', 'Send again')
  await page.getByText('A new link went to hana@example.com').waitFor()
  await row('Hana Mori').getByText('Waiting').waitFor()
  const again = await world.guest()
  await again.goto(await world.link('hana@example.com'))
  await again.page.getByRole('heading', { name: 'Join Maison Lumière' }).waitFor()
})

test('S5: the page in the dark, in French, and narrow', async () => {
  const narrow = await world.person('anna', { colorScheme: 'dark', locale: 'fr-FR', narrow: true })
  await narrow.goto('/settings/sharing')
  await narrow.page.getByRole('heading', { name: 'Invitations en attente' }).waitFor()
  await accessible(narrow.page)
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await narrow.page.getByRole('button', { name: 'Inviter' }).click()
  await narrow.page.getByRole('dialog').getByLabel('Prénom').waitFor()
  await accessible(narrow.page)
})
