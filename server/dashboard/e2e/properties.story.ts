// The Properties of an item: who sees it and why, and changing that.

import type { Page } from 'playwright-core'
import { accessible, beforeAll, eventually, expect, type Person, test, useWorld } from './lib'

const world = useWorld()
let anna: Person
let chloe: Person
const ids: Record<string, string> = {}

beforeAll(async () => {
  ;[anna, chloe] = await Promise.all([world.person('anna'), world.person('chloe')])
  const { items } = await world.ask<{ items: { edges: { node: { id: string; name: string } }[] } }>(
    'anna',
    '{ items(first: 100) { edges { node { id name } } } }',
  )
  for (const { node } of items.edges) ids[node.name] = node.id
})

/** Opens the properties of an item over a list, as a link does. */
async function properties({ page }: Person, item: string, over = '/campaigns') {
  await page.goto(`${world.url}${over}?properties=${ids[item]}`)
  await page.getByRole('dialog').getByRole('row').nth(1).waitFor()
  return page.getByRole('dialog')
}

const levelOf = async (who: string, item: string) =>
  (await world.ask<{ node: { myLevel: string } | null }>(who, `query($id: ID!) { node(id: $id) { ... on Item { myLevel } } }`, { id: ids[item] })).node
    ?.myLevel ?? 'NONE'

async function level(page: Page, name: string, now: string, to: RegExp) {
  await page.getByRole('button', { name: `${name}: ${now}` }).click()
  await page.getByRole('menuitem', { name: to }).click()
}

test('S10: whoever is added to a list sees it at once, may view or change it as said, and no longer sees it when removed', async () => {
  await chloe.goto('/lists')
  await chloe.page.getByText('Customers').waitFor()
  expect(await chloe.page.getByText('Investors').count()).toBe(0)
  const dialog = await properties(anna, 'Investors', '/lists')
  const { page } = anna
  await accessible(page)
  await dialog.getByRole('combobox', { name: 'Add people by name or email' }).fill('dubois')
  await page.getByRole('option', { name: /Chloé Dubois/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('combobox', { name: 'What they may do' }).selectOption({ label: 'May view' })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByRole('row', { name: /Chloé Dubois.*Added here.*May view/ }).waitFor()
  await chloe.page.getByText('Investors').waitFor()
  expect(await levelOf('chloe', 'Investors')).toBe('VIEW')

  await level(page, 'Chloé Dubois', 'May view', /^May change/)
  await dialog.getByRole('row', { name: /Chloé Dubois.*May change/ }).waitFor()
  await eventually(async () => expect(await levelOf('chloe', 'Investors')).toBe('EDIT'))

  await level(page, 'Chloé Dubois', 'May change', /^Remove/)
  await chloe.page.getByText('Investors').waitFor({ state: 'detached' })
  await page.getByText('Chloé Dubois no longer sees it').waitFor()
  expect(await levelOf('chloe', 'Investors')).toBe('NONE')
  await page.getByRole('button', { name: 'Undo' }).click()
  await chloe.page.getByText('Investors').waitFor()
  expect(await levelOf('chloe', 'Investors')).toBe('EDIT')
})

test('S9: before an item is restricted it says who loses it, and then only they do', async () => {
  await chloe.goto('/campaigns')
  await chloe.page.getByText('Welcome aboard').waitFor()
  const dialog = await properties(anna, 'Welcome aboard')
  const { page } = anna
  await level(page, 'Bruno Keller', 'May change', /^May view/)
  await dialog.getByRole('row', { name: /Bruno Keller.*Added here.*May view/ }).waitFor()
  await dialog.getByRole('button', { name: 'Everyone in Maison Lumière' }).click()
  await page.getByRole('menuitem', { name: /^Restricted/ }).click()
  await dialog.getByText('1 person will no longer see it, here and on their desktop: Chloé Dubois.').waitFor()
  await accessible(page)
  expect(await levelOf('chloe', 'Welcome aboard')).toBe('EDIT')
  await dialog.getByRole('button', { name: 'Restrict', exact: true }).click()
  await dialog.getByRole('button', { name: 'Restricted' }).waitFor()
  await chloe.page.getByText('Welcome aboard').waitFor({ state: 'detached' })
  expect(await levelOf('bruno', 'Welcome aboard')).toBe('VIEW')

  await dialog.getByRole('button', { name: /^Cannot see it/ }).click()
  await dialog.getByRole('row', { name: /Chloé Dubois.*Restricted, and not added/ }).waitFor()
  await dialog.getByRole('button', { name: 'Restricted' }).click()
  await page.getByRole('menuitem', { name: /^Everyone in/ }).click()
  await dialog.getByText('1 more person will see it and may change it: Chloé Dubois.').waitFor()
  await dialog.getByRole('button', { name: 'Open to everyone' }).click()
  await chloe.page.getByText('Welcome aboard').waitFor()
  expect(await levelOf('bruno', 'Welcome aboard')).toBe('VIEW')
})

test('S10: an own level is taken back, and the general access decides again', async () => {
  const dialog = await properties(anna, 'Customers', '/lists')
  const { page } = anna
  await level(page, 'Chloé Dubois', 'May change', /^May view/)
  await dialog.getByRole('row', { name: /Chloé Dubois.*Added here/ }).waitFor()
  await eventually(async () => expect(await levelOf('chloe', 'Customers')).toBe('VIEW'))
  await level(page, 'Chloé Dubois', 'May view', /^As everyone/)
  await dialog.getByRole('row', { name: /Chloé Dubois.*Open to everyone.*May change/ }).waitFor()
  await eventually(async () => expect(await levelOf('chloe', 'Customers')).toBe('EDIT'))
})

test('S10: owners and whoever made an item cannot be removed, and it says why', async () => {
  const { createContactList } = await world.ask<{ createContactList: { contactList: { id: string } } }>(
    'bruno',
    `mutation($input: CreateContactListInput!) { createContactList(input: $input) { contactList { id } errors { message } } }`,
    { input: { name: 'Bruno’s own' } },
  )
  ids['Bruno’s own'] = createContactList.contactList.id
  const dialog = await properties(anna, 'Bruno’s own', '/lists')
  await dialog.getByRole('row', { name: /Anna Martin.*Owner: sees and changes everything, cannot be removed/ }).waitFor()
  await dialog.getByRole('row', { name: /Bruno Keller.*Made it: always keeps access, cannot be removed/ }).waitFor()
  await dialog.getByRole('button', { name: /Chloé Dubois: May change/ }).waitFor()
  expect(await dialog.getByRole('button', { name: /^(Anna Martin|Bruno Keller):/ }).count()).toBe(0)
})

test('S10: whoever may not change who sees an item reads why they see it, and whom to ask', async () => {
  const dialog = await properties(chloe, 'Customers', '/lists')
  await dialog.getByText('You see the contact list “Customers” and may change it: it is open to everyone in the account.').waitFor()
  await dialog.getByText('Owners and Anna Martin, who made it, can change who sees it.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Add', exact: true }).count()).toBe(0)
  expect(await dialog.getByRole('button', { name: /: May change/ }).count()).toBe(0)
  await accessible(chloe.page)
})

test('S10: why does someone not see it, for a person searched, also one who is deactivated', async () => {
  const dialog = await properties(anna, 'Black Friday')
  const { page } = anna
  await dialog.getByRole('button', { name: 'Why does someone see this, or not?' }).click()
  await dialog.getByRole('combobox', { name: 'Does this person see it, and why?' }).fill('chloe')
  await page.getByRole('option', { name: /Chloé Dubois/ }).click()
  await dialog.getByText('Chloé Dubois does not see the campaign “Black Friday”: they were removed from it.').waitFor()
  await accessible(page)
})

test('S10: what is changed elsewhere shows, and an item that is gone says so', async () => {
  const { createCampaign } = await world.ask<{ createCampaign: { campaign: { id: string } } }>(
    'anna',
    `mutation($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } errors { message } } }`,
    { input: { name: 'Short-lived' } },
  )
  ids['Short-lived'] = createCampaign.campaign.id
  const dialog = await properties(anna, 'Short-lived')
  await dialog.getByRole('row', { name: /Chloé Dubois.*Open to everyone/ }).waitFor()
  await world.ask('anna', `mutation($input: SetAudienceInput!) { setAudience(input: $input) { errors { message } } }`, {
    input: { item: ids['Short-lived'], audience: 'RESTRICTED' },
  })
  await dialog.getByRole('row', { name: /Chloé Dubois/ }).waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: 'Restricted' }).waitFor()
  await world.ask('anna', `mutation($input: ItemInput!) { deleteItem(input: $input) { errors { message } } }`, { input: { id: ids['Short-lived'] } })
  await dialog.getByText('This is no longer here').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await dialog.waitFor({ state: 'detached' })
  expect(new URL(anna.page.url()).searchParams.has('properties')).toBe(false)
})

test('S10: among several hundred people one is found, the last one is scrolled to, and what they may do is changed', async () => {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)'
  const id = (kind: number) => `printf('0000000${kind}-0000-7000-8000-%012x', i)`
  const who = `printf('p%03d@example.com', i), 'Person', printf('Zz%03d', i)`
  await world.sql(`INSERT INTO users (id, created_at, email, first_name, last_name, email_key, password_hash)
    ${numbers} SELECT ${id(2)}, 1, ${who}, printf('p%03d@example.com', i), '-' FROM n`)
  await world.sql(`INSERT INTO collaborators (id, created_at, email, first_name, last_name, search_key, seq, sight, account_id, user_id)
    ${numbers} SELECT ${id(3)}, 1, ${who}, printf('zz%03d person p%03d@example.com', i, i), a.seq, 1, a.id, ${id(2)}
    FROM n, accounts a WHERE a.name = 'Maison Lumière'`)
  const dialog = await properties(anna, 'Customers', '/lists')
  const { page } = anna
  await dialog.getByRole('button', { name: 'Can see it 403' }).waitFor()
  await accessible(page)
  anna.requests.clear()
  await dialog
    .getByRole('table')
    .locator('..')
    .evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await dialog.getByRole('row', { name: /Person Zz400/ }).waitFor()
  expect(anna.requests.count('PeopleOfItem')).toBeLessThanOrEqual(2)
  await level(page, 'Person Zz400', 'May change', /^May view/)
  await dialog.getByRole('row', { name: /Person Zz400.*Added here.*May view/ }).waitFor()

  await dialog.getByRole('searchbox', { name: 'Search people' }).fill('p217@')
  await level(page, 'Person Zz217', 'May change', /^Remove/)
  await page.getByText('Person Zz217 no longer sees it').waitFor()
  await dialog.getByRole('button', { name: 'Can see it 402' }).waitFor()
  await dialog.getByRole('button', { name: 'Cannot see it 1' }).click()
  await dialog.getByRole('row', { name: /Person Zz217.*Removed/ }).waitFor()
})

test('S9: the window in the dark, in French, and narrow', async () => {
  const bruno = await world.person('bruno', { colorScheme: 'dark', locale: 'fr-FR', narrow: true })
  const dialog = await properties(bruno, 'Bruno’s own', '/lists')
  await dialog.getByText('Accès général').waitFor()
  await accessible(bruno.page)
  expect(await bruno.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
})
