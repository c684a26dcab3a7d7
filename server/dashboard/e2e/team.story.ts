// The people of the account.

import type { Page } from 'playwright-core'
import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'
import { campaignNamed, personNamed } from './lib/leads'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
  const invite = `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`
  await world.ask('anna', invite, { input: { firstName: 'Émile', lastName: 'Roy', email: 'emile@example.com', role: 'MANAGER' } })
})

async function team(person: Person): Promise<Page> {
  await person.goto('/team')
  await person.page.getByRole('row', { name: /Chloé Dubois/ }).waitFor()
  return person.page
}

async function choose(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

async function filter(page: Page, which: 'Role' | 'Status', value: string | RegExp) {
  await page.getByRole('combobox', { name: which }).click()
  await page.getByRole('option', { name: value }).click()
}

test('T1: the team is searched by name and address, and filtered by role and status', async () => {
  const page = await team(anna)
  await accessible(page)
  const search = page.getByRole('searchbox', { name: 'Search by name or address' })
  await search.fill('chloe')
  await row(page, 'Bruno Keller').waitFor({ state: 'detached' })
  await row(page, 'Chloé Dubois').waitFor()
  await search.fill('bruno@demo')
  await row(page, 'Bruno Keller').waitFor()
  await search.fill('')
  await filter(page, 'Role', 'Manager')
  await row(page, 'Chloé Dubois').waitFor({ state: 'detached' })
  await row(page, 'Émile Roy').waitFor()
  await filter(page, 'Status', /^Invited \(1\)$/)
  await row(page, 'Bruno Keller').waitFor({ state: 'detached' })
  await row(page, 'Émile Roy').getByText('Invited').waitFor()
  await filter(page, 'Status', /^Deactivated/)
  await page.getByText('Nobody fits').waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Show everyone' }).click()
  for (const name of ['Anna Martin', 'Bruno Keller', 'Chloé Dubois', 'Émile Roy']) await row(page, name).waitFor()
  await page.getByRole('button', { name: 'Actions for Émile Roy' }).click()
  await page.getByRole('menuitem', { name: 'Set campaign access' }).waitFor()
  await page.getByRole('menuitem', { name: 'Resend invitation' }).waitFor()
})

test('the team is accessible: dark, French and narrow', async () => {
  for (const look of [{ colorScheme: 'dark' }, { locale: 'fr-FR', narrow: true }] as const) {
    const bruno = await world.person('bruno', look)
    const page = await team(bruno)
    await accessible(page)
    await bruno.leave()
  }
})

test('T7: what is ticked is given to several people on top of what they have', async () => {
  const page = await team(anna)
  await page.getByRole('checkbox', { name: 'Select Chloé Dubois' }).check()
  await page.getByRole('checkbox', { name: 'Select Émile Roy' }).check()
  const bar = page.getByRole('region', { name: 'Actions for what is ticked' })
  await bar.getByText('2 ticked').waitFor()
  await accessible(page)
  await bar.getByRole('button', { name: 'Set campaign access' }).click()
  const window = page.getByRole('dialog', { name: 'Give campaign access to 2 people' })
  await window.getByRole('checkbox', { name: 'Round robin: Black Friday' }).check()
  expect(await window.getByRole('checkbox', { name: 'Can access: Black Friday' }).isChecked()).toBe(true)
  await accessible(page)
  await window.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('dialog', { name: 'Save these changes?' })
  await question.getByText('Round robins are joined 2 times').waitFor()
  await question.getByRole('button', { name: 'Confirm' }).click()
  await window.getByText(/^Done/).waitFor()
  const access = `query { team(first: 10) { edges { node { id firstName } } } }`
  const { team: people } = await world.ask<{ team: { edges: { node: { id: string; firstName: string } }[] } }>('anna', access)
  for (const { node } of people.edges.filter(({ node: n }) => ['Chloé', 'Émile'].includes(n.firstName))) {
    const of = `query($id: ID!) { campaignAccess(collaborator: $id, first: 10) { accessCount roundRobinCount } }`
    const { campaignAccess } = await world.ask<{ campaignAccess: { accessCount: number; roundRobinCount: number } }>('anna', of, { id: node.id })
    expect(campaignAccess).toEqual({ accessCount: 3, roundRobinCount: 1 })
  }
})

test('T12: an owner changes a role at once, for whom it is too, and takes it back', async () => {
  const page = await team(anna)
  const chloe = await world.person('chloe')
  await team(chloe)
  await choose(page, 'Chloé Dubois', 'Manager')
  await row(page, 'Chloé Dubois').getByText('Manager').waitFor()
  await row(chloe.page, 'Chloé Dubois').getByText('Manager').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(chloe.page, 'Chloé Dubois').getByText('Member').waitFor()
})

test('S4: an owner says who may send, with how many credits a month or a year, and takes it back', async () => {
  const chloe = await world.person('chloe')
  await chloe.goto('/team')
  await chloe.page.getByRole('link', { name: 'Chloé Dubois' }).click()
  const fact = (page: Page, name: string) => page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]')
  await fact(chloe.page, 'Sending credits').getByText('None', { exact: true }).waitFor()

  const page = await team(anna)
  await choose(page, 'Chloé Dubois', 'Allow sending')
  await chloe.page.getByText('Nothing can be sent without.').waitFor()
  await choose(page, 'Chloé Dubois', 'Sending credits…')
  const window = page.getByRole('dialog', { name: 'Sending credits of Chloé Dubois' })
  expect(await window.getByRole('radio', { name: 'None' }).isChecked()).toBe(true)
  await window.getByRole('radio', { name: 'Each month' }).check()
  const save = window.getByRole('button', { name: 'Save' })
  const amount = window.getByRole('textbox', { name: 'Credits each month' })
  expect(await save.isDisabled()).toBe(true)
  await amount.fill('0')
  await window.getByText('Type a number from 1 to 1,000,000,000.').waitFor()
  await accessible(page)
  await amount.fill('5000')
  expect(await amount.inputValue()).toBe('5,000')
  await save.click()
  await window.waitFor({ state: 'detached' })
  await fact(chloe.page, 'Sending credits').getByText('5,000 each month').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click() // the newest stands last
  await fact(chloe.page, 'Sending credits').getByText('None', { exact: true }).waitFor()

  // Of others she does not learn it, nor can she change it.
  await chloe.page.getByRole('link', { name: 'Team' }).first().click()
  await chloe.page.getByRole('link', { name: 'Bruno Keller' }).click()
  await fact(chloe.page, 'May export lists').waitFor()
  expect(await chloe.page.getByText('Sending credits').count()).toBe(0)
})

test('S4: several people are given sending credits at once', async () => {
  const page = await team(anna)
  for (const name of ['Bruno Keller', 'Chloé Dubois']) await row(page, name).getByRole('checkbox').click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Sending credits…' }).click()
  const window = page.getByRole('dialog', { name: 'Sending credits of 2 people' })
  await window.getByRole('radio', { name: 'Unlimited' }).check()
  await window.getByRole('button', { name: 'Save' }).click()
  for (const name of ['Bruno Keller', 'Chloé Dubois']) {
    await page.getByRole('link', { name }).click()
    await page.getByText('Unlimited', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Team' }).first().click()
  }
})

test('T11: who is away is shown, and is back with one click', async () => {
  const page = await team(anna)
  await choose(page, 'Chloé Dubois', 'Away until…')
  const window = page.getByRole('dialog', { name: 'When Chloé Dubois is away' })
  await window.getByRole('button', { name: '1 week' }).click()
  await accessible(page)
  await window.getByRole('button', { name: 'Save' }).click()
  await row(page, 'Chloé Dubois')
    .getByText(/^Away until/)
    .waitFor()
  await choose(page, 'Chloé Dubois', 'Back now')
  await row(page, 'Chloé Dubois')
    .getByText(/^Away until/)
    .waitFor({ state: 'detached' })
})

test('the page of a person says who they are, what they can see and why, and where they are signed in', async () => {
  const chloe = await world.person('chloe')
  await chloe.goto('/campaigns')
  const page = await team(anna)
  await page.getByRole('link', { name: /Chloé Dubois/ }).click()
  await page.getByRole('heading', { name: 'Chloé Dubois' }).waitFor()
  await page.getByText('Works on what they were given.').waitFor()
  await accessible(page)
  await page.getByRole('tab', { name: 'Can see' }).click()
  await page
    .getByRole('row', { name: /Welcome aboard/ })
    .getByText('Open to everyone')
    .and(page.locator(':visible'))
    .waitFor()
  await accessible(page)
  await page
    .getByText(/^Contact lists/)
    .last()
    .click()
  await page.getByRole('row', { name: /Customers/ }).waitFor()
  await page.getByRole('tab', { name: 'Sessions' }).click()
  await page.getByRole('button', { name: /^End:/ }).first().waitFor()
  await accessible(page)
})

test('the list of background work shows what came of it, and is accessible', async () => {
  await anna.goto('/jobs')
  const { page } = anna
  await page
    .getByRole('article', { name: /Access of 2 people/ })
    .getByText(/round robins joined: 2/)
    .waitFor()
  await accessible(page)
})

test('S5: an invitation is withdrawn from the team, after a question', async () => {
  const page = await team(anna)
  await choose(page, 'Émile Roy', 'Withdraw invitation…')
  const question = page.getByRole('dialog', { name: 'Withdraw the invitation of Émile Roy?' })
  await question.getByRole('button', { name: 'Withdraw' }).click()
  await row(page, 'Émile Roy').waitFor({ state: 'detached' })
})

test('T12: whoever is deactivated is out at once, their leads are handed over, and they can come back', async () => {
  const ids = `query { collaborators(search: "chloe", first: 1) { edges { node { id } } } campaigns(search: "Welcome aboard", first: 1) { edges { node { id } } } }`
  type Ids = { edges: { node: { id: string } }[] }
  const { collaborators, campaigns } = await world.ask<{ collaborators: Ids; campaigns: Ids }>('anna', ids)
  const receive = `mutation($input: ReceiveLeadInput!) { receiveLead(input: $input) { lead { id } errors { message } } }`
  const { receiveLead } = await world.ask<{ receiveLead: { lead: { id: string } } }>('anna', receive, {
    input: { campaign: campaigns.edges[0]?.node.id, name: 'Gaëlle Petit' },
  })
  const assign = `mutation($input: ReassignLeadsInput!) { reassignLeads(input: $input) { errors { message } } }`
  await world.ask('anna', assign, { input: { leads: [receiveLead.lead.id], assignee: collaborators.edges[0]?.node.id } })

  const chloe = await world.person('chloe')
  await team(chloe)
  const page = await team(anna)
  await choose(page, 'Chloé Dubois', 'Deactivate…')
  const window = page.getByRole('dialog', { name: 'Deactivate Chloé Dubois?' })
  await window.getByText('What becomes of 1 open lead?').waitFor()
  await window.getByRole('radio', { name: 'Give them to one person' }).check()
  await window
    .getByRole('textbox', { name: 'Who follows them up' })
    .or(window.getByRole('combobox', { name: 'Who follows them up' }))
    .fill('bruno')
  await page.getByRole('option', { name: /Bruno Keller/ }).click()
  await accessible(page)
  await window.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByText('1 open lead was handed over.').waitFor()
  await row(page, 'Chloé Dubois').getByText('Deactivated').waitFor()
  await chloe.page.getByRole('heading', { name: 'Log in' }).waitFor()
  const { node } = await world.ask<{ node: { assignee: { firstName: string } } }>(
    'anna',
    `query($id: ID!) { node(id: $id) { ... on Lead { assignee { firstName } } } }`,
    {
      id: receiveLead.lead.id,
    },
  )
  expect(node.assignee.firstName).toBe('Bruno')
  await choose(page, 'Chloé Dubois', 'Reactivate')
  await row(page, 'Chloé Dubois').getByText('Active').waitFor()
})

test('T12: several people are removed from the account: they are out at once, and one person follows up their open leads', async () => {
  const campaign = await campaignNamed(world, 'Welcome aboard')
  const people = ['Fanny', 'Gil']
  for (const firstName of people) {
    const email = `${firstName.toLowerCase()}@example.com`
    await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, { input: { firstName, lastName: 'Roy', email } })
    await world.joins(email)
    const receive = `mutation($input: ReceiveLeadInput!) { receiveLead(input: $input) { lead { id } errors { message } } }`
    const { receiveLead } = await world.ask<{ receiveLead: { lead: { id: string } } }>('anna', receive, { input: { campaign, name: `Lead of ${firstName}` } })
    const assign = `mutation($input: ReassignLeadsInput!) { reassignLeads(input: $input) { errors { message } } }`
    await world.ask('anna', assign, { input: { leads: [receiveLead.lead.id], assignee: await personNamed(world, firstName) } })
  }
  const fanny = await world.person('fanny@example.com')
  await team(fanny)
  const page = await team(anna)
  for (const name of people) await page.getByRole('checkbox', { name: `Select ${name} Roy` }).check()
  await page.getByRole('region', { name: 'Actions for what is ticked' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  const window = page.getByRole('dialog', { name: 'Remove 2 people from the account?' })
  await window.getByText('What becomes of 2 open leads?').waitFor()
  await window.getByText('This cannot be undone; you can invite them again.').waitFor()
  expect(await window.getByRole('radio', { name: 'Leave them where they are' }).count()).toBe(0)
  await window.getByRole('radio', { name: 'Give them to one person' }).check()
  expect(await window.getByRole('button', { name: 'Remove', exact: true }).isDisabled()).toBe(true)
  await window.getByRole('combobox', { name: 'Who follows them up' }).fill('bruno')
  await page.getByRole('option', { name: /Bruno Keller/ }).click()
  await accessible(page)
  await window.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('2 people were removed from the account. 2 open leads were handed over.').waitFor()
  for (const name of people) await row(page, `${name} Roy`).waitFor({ state: 'detached' })
  await fanny.page.getByRole('heading', { name: 'Log in' }).waitFor()
  await anna.goto('/leads')
  for (const name of people)
    await row(page, `Lead of ${name}`)
      .getByText(/Bruno Keller/)
      .waitFor()
})
