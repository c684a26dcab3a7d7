// Blacklists: entries with reasons, by hand and from files.

import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessible, beforeAll, expect, type Person, test, useWorld } from './lib'

const world = useWorld()

let anna: Person
let bruno: Person

beforeAll(async () => {
  anna = await world.person('anna')
  bruno = await world.person('bruno')
})

/** A blacklist of its own for a story. */
async function blacklistOf(name: string, ...values: string[]): Promise<string> {
  const { createBlacklist } = await world.ask<{ createBlacklist: { blacklist: { id: string } } }>(
    'anna',
    'mutation ($name: String!) { createBlacklist(input: { name: $name }) { blacklist { id } errors { message } } }',
    { name },
  )
  const { id } = createBlacklist.blacklist
  for (const value of values) await enter(id, value)
  return id
}

async function enter(blacklist: string, value: string) {
  await world.ask('anna', 'mutation ($input: CreateBlacklistEntryInput!) { createBlacklistEntry(input: $input) { entry { id } errors { message } } }', {
    input: { blacklist, value, note: 'From the beginning' },
  })
}

test('S2: a blacklist is made, and its first entry added by the keyboard alone', async () => {
  await anna.goto('/blacklists')
  await anna.page.getByRole('row').filter({ hasText: 'Disposable domains' }).getByText('199').waitFor()
  await accessible(anna.page)
  await anna.page.getByRole('button', { name: 'New blacklist' }).press('Enter')
  await anna.page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Complaints')
  await anna.page.keyboard.press('Enter')
  await anna.page.getByRole('heading', { level: 1, name: 'Complaints' }).waitFor()
  await anna.page.getByRole('heading', { name: 'No entries yet' }).waitFor()
  await accessible(anna.page)
  await anna.page.getByRole('textbox', { name: 'Address or domain' }).focus()
  await anna.page.keyboard.type('nobody@example.org')
  await anna.page.keyboard.press('Enter')
  await anna.page.getByText('nobody@example.org is added.').waitFor()
  await anna.page.getByRole('row').filter({ hasText: 'Added by hand' }).waitFor()
  await anna.page.keyboard.type('not an address')
  await anna.page.keyboard.press('Enter')
  await anna.page
    .getByRole('status')
    .filter({ hasText: /domain/ })
    .first()
    .waitFor()
  await anna.page.getByText('1 entry', { exact: true }).waitFor()
})

test('S2: reason and note of an entry are changed, and others see it', async () => {
  const blacklist = await blacklistOf('Reasons', 'nobody@example.org')
  await bruno.goto(`/blacklists/${blacklist}`)
  await anna.goto(`/blacklists/${blacklist}`)
  await anna.page.getByRole('button', { name: 'nobody@example.org', exact: true }).click()
  const panel = anna.page.getByRole('dialog', { name: 'Entry' })
  await panel.getByLabel('Reason').selectOption('Complaint')
  await panel.getByRole('textbox', { name: 'Note' }).fill('Called us')
  await accessible(anna.page)
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.waitFor({ state: 'detached' })
  await bruno.page.getByRole('row').filter({ hasText: 'Complaint' }).filter({ hasText: 'Called us' }).waitFor()
})

test('S2: two people change one note: nothing is overwritten unseen', async () => {
  const blacklist = await blacklistOf('Conflict', 'nobody@example.org')
  for (const person of [anna, bruno]) {
    await person.goto(`/blacklists/${blacklist}`)
    await person.page.getByRole('button', { name: 'nobody@example.org', exact: true }).click()
  }
  const panel = (person: Person) => person.page.getByRole('dialog', { name: 'Entry' })
  await panel(anna).getByRole('textbox', { name: 'Note' }).fill('From Anna')
  await panel(bruno).getByRole('textbox', { name: 'Note' }).fill('From Bruno')
  await panel(bruno).getByRole('button', { name: 'Save' }).click()
  await panel(bruno).waitFor({ state: 'detached' })
  await panel(anna).getByRole('button', { name: 'Save' }).click()
  const conflict = anna.page.getByRole('dialog').filter({ has: anna.page.getByRole('radiogroup') })
  await conflict.getByRole('radio', { name: /From Bruno/ }).click()
  await conflict.getByRole('button').last().click()
  await conflict.waitFor({ state: 'detached' })
  await anna.page.getByRole('row').filter({ hasText: 'From Bruno' }).waitFor()
})

test('S2: a deleted entry is brought back with its reason and note', async () => {
  const blacklist = await blacklistOf('Undo', 'example.net')
  await anna.goto(`/blacklists/${blacklist}`)
  await anna.page.getByRole('row').filter({ hasText: 'example.net' }).getByRole('button', { name: 'Actions for' }).click()
  await anna.page.getByRole('menuitem', { name: 'Delete' }).click()
  await anna.page.getByRole('heading', { name: 'No entries yet' }).waitFor()
  await anna.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await anna.page.getByRole('row').filter({ hasText: 'example.net' }).filter({ hasText: 'From the beginning' }).waitFor()
})

test('S3: a menu that is open in a row stays so while others change the blacklist', async () => {
  const blacklist = await blacklistOf('Menu', 'example.net')
  await anna.goto(`/blacklists/${blacklist}`)
  const row = anna.page.getByRole('row').filter({ hasText: 'example.net' })
  await row.getByRole('button', { name: 'Actions for' }).click()
  const remove = anna.page.getByRole('menuitem', { name: 'Delete' })
  await remove.waitFor()
  await enter(blacklist, 'nobody@example.org')
  await anna.page.getByText('2 entries', { exact: true }).waitFor()
  await remove.click()
  await row.waitFor({ state: 'detached' })
})

test('S2: a file of addresses and domains is imported with a report', async () => {
  const blacklist = await blacklistOf('Import', 'example.net')
  const file = join(tmpdir(), 'partage-blacklists-story.txt')
  await writeFile(file, '# from elsewhere\nnobody@example.org\nexample.net\nno domain at all\n@example.com\n')
  await bruno.goto(`/blacklists/${blacklist}`)
  await bruno.page.getByRole('button', { name: 'example.net', exact: true }).waitFor()
  await anna.goto(`/blacklists/${blacklist}`)
  await anna.page.getByRole('button', { name: 'Import' }).first().click()
  await anna.page.locator('input[type=file]').setInputFiles(file)
  const window = anna.page.getByRole('dialog')
  await window.getByRole('button', { name: 'Import', exact: true }).click()
  await window.getByText('1 row was refused').waitFor()
  await window.getByRole('row', { name: /^4 / }).waitFor()
  await accessible(anna.page)
  await bruno.page.getByRole('button', { name: '@example.com', exact: true }).waitFor()
  await bruno.page.getByText('3 entries').waitFor()
})

test('S2: whoever may only look at a blacklist is offered no change', async () => {
  const blacklist = await blacklistOf('View only', 'example.net')
  const { team } = await world.ask<{ team: { edges: { node: { id: string; firstName: string } }[] } }>(
    'anna',
    '{ team(first: 10) { edges { node { id firstName } } } }',
  )
  const chloes = team.edges.find((e) => e.node.firstName.startsWith('Chlo'))?.node.id
  await world.ask('anna', 'mutation ($input: SetAccessInput!) { setAccess(input: $input) { errors { message } } }', {
    input: { item: blacklist, collaborator: chloes, level: 'VIEW' },
  })
  const chloe = await world.person('chloe', { colorScheme: 'dark', narrow: true })
  await chloe.goto(`/blacklists/${blacklist}`)
  await chloe.page.getByRole('button', { name: 'example.net', exact: true }).waitFor()
  await accessible(chloe.page)
  expect(await chloe.page.getByRole('textbox', { name: 'Address or domain' }).count()).toBe(0)
  expect(await chloe.page.getByRole('checkbox').count()).toBe(0)
  expect(await chloe.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})
