// The access window: who has access to which campaigns, and whose turn it is to be given leads.

import type { Locator } from 'playwright-core'
import { accessible, beforeAll, eventually, expect, type Person, test, useWorld } from './lib'
import { holdJobs } from './lib/jobs'

const world = useWorld()
let anna: Person

beforeAll(async () => {
  anna = await world.person('anna')
})

/** Opens the window for somebody by the menu of their row. */
async function access(owner: Person, name: string): Promise<Locator> {
  const { page } = await owner.goto('/team').then(() => owner)
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Set campaign access' }).click()
  const window = page.getByRole('dialog', { name: `Campaign access of ${name}` })
  await window.getByRole('checkbox', { name: 'Can access: Welcome aboard' }).waitFor()
  return window
}

const box = (window: Locator, column: 'Can access' | 'Round robin', campaign: string) => window.getByRole('checkbox', { name: `${column}: ${campaign}` })

/** Saves what is ticked, and waits until it is applied. */
async function save(window: Locator) {
  await window.getByRole('button', { name: 'Save' }).click()
  await window.page().getByRole('dialog', { name: 'Save these changes?' }).getByRole('button', { name: 'Confirm' }).click()
  await window.getByText(/^Done/).waitFor()
}

/** What somebody has, as the server says. */
async function has(name: string): Promise<Record<string, string>> {
  const people = `query($name: String) { team(search: $name, first: 1) { edges { node { id } } } }`
  const { team } = await world.ask<{ team: { edges: { node: { id: string } }[] } }>('anna', people, { name })
  const window = `query($id: ID!) { campaignAccess(collaborator: $id, first: 100) { edges { node { canAccess roundRobin campaign { name } } } } }`
  const answer = await world.ask<{ campaignAccess: { edges: { node: { canAccess: boolean; roundRobin: boolean; campaign: { name: string } } }[] } }>(
    'anna',
    window,
    {
      id: team.edges[0]?.node.id,
    },
  )
  return Object.fromEntries(answer.campaignAccess.edges.map(({ node: n }) => [n.campaign.name, n.roundRobin ? 'round robin' : n.canAccess ? 'access' : 'none']))
}

test('T2: the window lists every campaign with name, can access and round robin, and its search filters from the second letter on', async () => {
  const window = await access(anna, 'Chloé Dubois')
  const { page } = anna
  for (const name of [/^Campaign$/, /^Can access/, /^Round robin/]) await window.getByRole('columnheader', { name }).waitFor()
  await accessible(page)
  const search = window.getByRole('searchbox', { name: 'Search campaigns' })
  await search.fill('w')
  await window.getByText('Type at least two letters.').waitFor()
  await box(window, 'Can access', 'Black Friday').waitFor()
  await search.fill('we')
  await box(window, 'Can access', 'Black Friday').waitFor({ state: 'detached' })
  await window.getByText('2 campaigns found').waitFor()
  await search.fill('nothing like it')
  await window.getByText('No campaign by that name').waitFor()
  await search.press('Escape')
  await box(window, 'Can access', 'Black Friday').waitFor()
  await page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
})

test('T2: the keyboard ticks one campaign after the other, and is back at the row when the window closes', async () => {
  const window = await access(anna, 'Chloé Dubois')
  const { page } = anna
  const focused = (element: Locator) => expect.poll(() => element.evaluate((e) => e === document.activeElement)).toBe(true)
  await box(window, 'Round robin', 'Black Friday').focus()
  await page.keyboard.press('Space')
  await window.getByText('1 campaign changed').waitFor()
  await focused(box(window, 'Round robin', 'Black Friday'))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await window.getByText('2 campaigns changed').waitFor()
  await window.getByRole('button', { name: 'Reset' }).click()
  await window.getByText('Nothing is changed').waitFor()
  await page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
  await focused(page.getByRole('button', { name: 'Actions for Chloé Dubois' }))
})

test('T3: "select all" ticks every campaign of the account, also those that the search does not show', async () => {
  const window = await access(anna, 'Chloé Dubois')
  await window.getByText('2 of 3').waitFor()
  await window.getByRole('searchbox').fill('welcome')
  await box(window, 'Can access', 'Black Friday').waitFor({ state: 'detached' })
  await window.getByRole('checkbox', { name: 'Can access: select all 3 campaigns of the account' }).check()
  await window.getByText('3 of 3').waitFor()
  await window.getByRole('button', { name: 'Clear' }).click()
  await window.getByRole('row', { name: /Black Friday Gets access/ }).waitFor()
  expect(await box(window, 'Can access', 'Black Friday').isChecked()).toBe(true)
  expect(await box(window, 'Round robin', 'Black Friday').isChecked()).toBe(false)
})

test('T4: round robin comes with access and goes with it; access alone is fine', async () => {
  const window = await access(anna, 'Chloé Dubois')
  await box(window, 'Round robin', 'Black Friday').check()
  expect(await box(window, 'Can access', 'Black Friday').isChecked()).toBe(true)
  await box(window, 'Can access', 'Black Friday').uncheck()
  expect(await box(window, 'Round robin', 'Black Friday').isChecked()).toBe(false)
  await window.getByText('Nothing is changed yet.').waitFor()
  await box(window, 'Round robin', 'Welcome aboard').check()
  await box(window, 'Round robin', 'Welcome aboard').uncheck()
  expect(await box(window, 'Can access', 'Welcome aboard').isChecked()).toBe(true)
})

test('T5: "reset selection" drops what is not saved and shows what is on the server by now', async () => {
  const window = await access(anna, 'Chloé Dubois')
  await box(window, 'Round robin', 'Welcome aboard').check()
  await box(window, 'Can access', 'We miss you').uncheck()
  await window.getByText('2 campaigns changed, not saved yet.').waitFor()
  await window.getByRole('button', { name: 'Reset selection' }).click()
  await window.getByText('Nothing is changed yet.').waitFor()
  expect(await box(window, 'Round robin', 'Welcome aboard').isChecked()).toBe(false)
  expect(await box(window, 'Can access', 'We miss you').isChecked()).toBe(true)
  expect(await has('Chloé')).toMatchObject({ 'We miss you': 'access', 'Welcome aboard': 'access' })
})

test('closing with a draft asks first', async () => {
  const window = await access(anna, 'Chloé Dubois')
  const { page } = anna
  await box(window, 'Round robin', 'Welcome aboard').check()
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Close without saving?' })
  await accessible(page)
  await question.getByRole('button', { name: 'Keep editing' }).click()
  expect(await box(window, 'Round robin', 'Welcome aboard').isChecked()).toBe(true)
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Close without saving' }).click()
  await window.waitFor({ state: 'detached' })
})

test('T6: saving asks with numbers, shows progress until all is applied, and can be undone; whose access it is sees it at once', async () => {
  const chloe = await world.person('chloe')
  await chloe.goto('/campaigns')
  await chloe.page.getByText('Welcome aboard').waitFor()
  const window = await access(anna, 'Chloé Dubois')
  const { page } = anna
  await box(window, 'Round robin', 'Black Friday').check()
  await box(window, 'Can access', 'We miss you').uncheck()
  await window.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('dialog', { name: 'Save these changes?' })
  for (const words of [
    'Gets access to 1 campaign',
    'Loses access to 1 campaign',
    'Joins the round robin of 1 campaign',
    'Campaigns: Black Friday, We miss you',
  ]) {
    await question.getByText(words).waitFor()
  }
  await accessible(page)
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await has('Chloé')).toMatchObject({ 'Black Friday': 'none', 'We miss you': 'access' })
  await save(window)
  await window.getByText('access given: 1 · access taken away: 1 · round robins joined: 1').waitFor()
  await accessible(page)
  await chloe.page.getByText('Black Friday').waitFor()
  await chloe.page.getByText('We miss you').waitFor({ state: 'detached' })
  expect(await has('Chloé')).toMatchObject({ 'Black Friday': 'round robin', 'We miss you': 'none' })

  await window.getByRole('button', { name: 'Undo' }).click()
  await chloe.page.getByText('We miss you').waitFor()
  await chloe.page.getByText('Black Friday').waitFor({ state: 'detached' })
  expect(await has('Chloé')).toMatchObject({ 'Black Friday': 'none', 'We miss you': 'access' })
})

test('what another owner changes meanwhile is shown, and the draft stays', async () => {
  const window = await access(anna, 'Chloé Dubois')
  await box(window, 'Round robin', 'We miss you').check()
  const id = `query { team(search: "Chloé", first: 1) { edges { node { id } } } campaigns(search: "Welcome aboard", first: 1) { edges { node { id } } } }`
  type Ids = { edges: { node: { id: string } }[] }
  const { team, campaigns } = await world.ask<{ team: Ids; campaigns: Ids }>('anna', id)
  await world.ask('anna', `mutation($input: SetCampaignAccessInput!) { setCampaignAccess(input: $input) { errors { message } } }`, {
    input: { collaborator: team.edges[0]?.node.id, changes: [{ campaign: campaigns.edges[0]?.node.id, roundRobin: true }] },
  })
  await window.getByText('changed by somebody else meanwhile').waitFor()
  expect(await box(window, 'Round robin', 'Welcome aboard').isChecked()).toBe(true)
  expect(await box(window, 'Round robin', 'We miss you').isChecked()).toBe(true)
  await window.getByText('1 campaign changed, not saved yet.').waitFor()
  await save(window)
  expect(await has('Chloé')).toMatchObject({ 'We miss you': 'round robin', 'Welcome aboard': 'round robin' })
  await window.getByText('changed by somebody else meanwhile').waitFor({ state: 'detached' })
})

test('owners and who made a campaign keep access, and the window says why', async () => {
  const window = await access(anna, 'Anna Martin')
  const kept = box(window, 'Can access', 'Welcome aboard')
  await kept.hover()
  await anna.page.getByRole('tooltip', { name: 'Owners have access to everything. Change the role first.' }).waitFor()
  await kept.click({ force: true })
  expect(await kept.isChecked()).toBe(true)
  await window.getByText('Nothing is changed yet.').waitFor()
  await box(window, 'Round robin', 'Welcome aboard').check()
  await save(window)
  expect(await has('Anna')).toMatchObject({ 'Welcome aboard': 'round robin' })
})

test('T8: only owners see the window; everyone else is refused in words', async () => {
  for (const who of ['bruno', 'chloe']) {
    const person = await world.person(who)
    await person.goto('/team')
    await person.page.getByText('Anna Martin').waitFor()
    expect(await person.page.getByRole('checkbox').count()).toBe(0)
    await person.page.getByRole('button', { name: 'Actions for Anna Martin' }).click()
    await person.page.getByRole('menuitem', { name: 'Open' }).waitFor()
    expect(await person.page.getByRole('menuitem', { name: 'Set campaign access' }).count()).toBe(0)
    await expect(world.ask(who, `query($id: ID!) { campaignAccess(collaborator: $id, first: 1) { totalCount } }`, { id: await idOf('Anna') })).rejects.toThrow(
      /Only an owner/,
    )
    await person.leave()
  }
})

test('T9: access is prepared for somebody who is invited, and is theirs once they accept', async () => {
  await world.ask('anna', `mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }`, {
    input: { firstName: 'Émile', lastName: 'Roy', email: 'emile@example.com', role: 'MEMBER' },
  })
  const window = await access(anna, 'Émile Roy')
  await window.getByText('This applies as soon as the invitation is accepted.').waitFor()
  await box(window, 'Round robin', 'Black Friday').check()
  await save(window)
  await world.joins('emile@example.com')
  await eventually(async () => expect(await has('Émile')).toMatchObject({ 'Black Friday': 'round robin' }))
})

test('T10: access to several campaigns is taken away from one person', async () => {
  const window = await access(anna, 'Bruno Keller')
  await window.getByRole('checkbox', { name: 'Can access: select all 3 campaigns of the account' }).click()
  if (await box(window, 'Can access', 'Black Friday').isChecked())
    await window.getByRole('checkbox', { name: 'Can access: select all 3 campaigns of the account' }).click()
  await window.getByText('0 of 3').first().waitFor()
  await save(window)
  expect(await has('Bruno')).toEqual({ 'Black Friday': 'none', 'We miss you': 'none', 'Welcome aboard': 'none' })
})

test('T6: of what could not be done it is said why, and the rest is done again; only owners are offered that, and undo', async () => {
  const make = `mutation($name: String!) { createCampaign(input: { name: $name }) { campaign { id } errors { message } } }`
  const ids: string[] = []
  for (const name of ['One of two', 'Two of two']) {
    const { createCampaign } = await world.ask<{ createCampaign: { campaign: { id: string } } }>('anna', make, { name })
    ids.push(createCampaign.campaign.id)
  }
  const [one, two] = ids
  const release = await holdJobs(world)
  const window = await access(anna, 'Chloé Dubois')
  const { page } = anna
  for (const name of ['One of two', 'Two of two']) await box(window, 'Round robin', name).check()
  await window.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog', { name: 'Save these changes?' }).getByRole('button', { name: 'Confirm' }).click()
  await window.getByText('Waits for its turn').waitFor()
  await world.ask('anna', `mutation($id: ID!) { deleteItem(input: { id: $id }) { errors { message } } }`, { id: two })
  await release()
  await window.getByText('Done, but for 1 that could not be done · round robins joined: 1').waitFor()
  await window.getByRole('listitem').getByText('The campaign “Two of two” has been deleted.').waitFor()
  await window.getByRole('button', { name: 'Undo' }).waitFor()
  await accessible(page)
  await world.ask('anna', `mutation($id: ID!) { restoreItem(input: { id: $id }) { errors { message } } }`, { id: two })
  await window.getByRole('button', { name: 'Do the rest' }).click()
  await window.getByText('Done · round robins joined: 1', { exact: true }).waitFor()
  expect(await has('Chloé')).toMatchObject({ 'One of two': 'round robin', 'Two of two': 'round robin' })

  const bruno = await world.person('bruno')
  const role = async (to: string) =>
    world.ask('anna', `mutation($input: ChangePeopleInput!) { changePeople(input: $input) { errors { message } } }`, {
      input: { collaborators: [await idOf('Bruno')], role: to },
    })
  await role('OWNER')
  const goOn = await holdJobs(world)
  await world.ask('bruno', `mutation($input: SetCampaignAccessInput!) { setCampaignAccess(input: $input) { errors { message } } }`, {
    input: { collaborator: await idOf('Chloé'), changes: [{ campaign: one, roundRobin: false }] },
  })
  await bruno.goto('/jobs')
  const jobs = bruno.page.getByRole('article', { name: 'Access of Chloé Dubois' })
  await jobs.first().getByRole('button', { name: 'Cancel' }).click()
  await jobs.first().getByRole('button', { name: 'Do the rest' }).waitFor()
  await jobs.nth(1).getByRole('button', { name: 'Undo' }).waitFor() // that of Anna
  await goOn()
  await role('MANAGER')
  await bruno.page.getByRole('heading', { name: 'No long work yet' }).waitFor()
})

async function idOf(name: string): Promise<string> {
  const { team } = await world.ask<{ team: { edges: { node: { id: string } }[] } }>(
    'anna',
    `query($name: String) { team(search: $name, first: 1) { edges { node { id } } } }`,
    { name },
  )
  const [edge] = team.edges
  if (!edge) throw new Error(`there is no ${name}`)
  return edge.node.id
}
