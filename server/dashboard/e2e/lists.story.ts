// Contact lists: two people on one list, a file with mistakes in it, and the keyboard alone.

import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Locator } from 'playwright-core'
import { accessible, beforeAll, eventually, expect, type Person, test, useWorld } from './lib'
import { personNamed } from './lib/leads'

const world = useWorld()

let anna: Person
let bruno: Person
let customers: string

beforeAll(async () => {
  anna = await world.person('anna')
  bruno = await world.person('bruno')
  const { contactLists } = await world.ask<{ contactLists: { edges: { node: { id: string; name: string } }[] } }>(
    'anna',
    '{ contactLists(first: 10) { edges { node { id name } } } }',
  )
  customers = contactLists.edges.find((e) => e.node.name === 'Customers')?.node.id ?? ''
})

/** A contact list of its own for a story. */
async function listOf(name: string, ...emails: string[]): Promise<string> {
  const { createContactList } = await world.ask<{ createContactList: { contactList: { id: string } } }>(
    'anna',
    'mutation ($name: String!) { createContactList(input: { name: $name }) { contactList { id } errors { message } } }',
    { name },
  )
  const { id } = createContactList.contactList
  for (const email of emails) await add(id, email)
  return id
}

async function add(list: string, email: string, firstName = ''): Promise<string> {
  const { createContact } = await world.ask<{ createContact: { contact: { id: string } } }>(
    'anna',
    'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } errors { message } } }',
    { input: { list, email, firstName } },
  )
  return createContact.contact.id
}

test('S2: the lists show how many contacts they have, and open', async () => {
  await anna.goto('/lists')
  const row = anna.page.getByRole('row').filter({ hasText: 'Customers' })
  await row.getByText('250').waitFor()
  await accessible(anna.page)
  anna.requests.clear()
  await row.getByRole('link', { name: 'Customers', exact: true }).click()
  await anna.page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
  await anna.page.getByText('250 contacts').waitFor()
  await anna.page.getByRole('row').nth(1).getByRole('button').first().waitFor()
  expect(anna.requests.count('Contacts')).toBe(1)
  await accessible(anna.page)
})

test('S2: a contact is added by the keyboard alone', async () => {
  const list = await listOf('Keyboard')
  await anna.goto(`/lists/${list}`)
  const { keyboard } = anna.page
  await anna.page.getByRole('textbox', { name: 'Email' }).focus()
  await keyboard.type('ada@example.org')
  await keyboard.press('Tab')
  await keyboard.type('Ada')
  await keyboard.press('Tab')
  await keyboard.type('Byron')
  await keyboard.press('Enter')
  await anna.page.getByText('ada@example.org is added.').waitFor()
  await anna.page.getByRole('row').filter({ hasText: 'Byron' }).waitFor()
  await keyboard.type('ada@example.org') // the cursor is where the next one begins
  await keyboard.press('Enter')
  await anna.page.getByText('The list has this address already.').waitFor()
})

test('S2: of several pasted lines those that are refused stay, each with why', async () => {
  const list = await listOf('Pasted', 'there@example.org')
  await anna.goto(`/lists/${list}`)
  const field = anna.page.getByRole('textbox', { name: 'Email' })
  await field.focus()
  await field.evaluate((element, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, 'ada@example.org\tAda\tByron\nthere@example.org\nnobody\n"Charles Babbage" <charles@example.org>')
  const window = anna.page.getByRole('dialog')
  await window.getByRole('button', { name: 'Add 4 contacts' }).click()
  await window.getByText('2 added, 2 refused').waitFor()
  await window.getByText('Line 1: The list has this address already.').waitFor()
  await window.getByText('Line 2: An email address is missing.').waitFor()
  expect(await window.getByRole('textbox').inputValue()).toBe('there@example.org\nnobody')
  await accessible(anna.page)
  await window.getByRole('button', { name: 'Close' }).last().click()
  await anna.page.getByRole('row').filter({ hasText: 'Babbage' }).waitFor()
})

test('S2: a file is imported with a report of what was refused', async () => {
  const list = await listOf('Import', 'there@example.org')
  const file = join(tmpdir(), 'partage-lists-story.csv')
  await writeFile(
    file,
    'E-mail;Prénom;Nom;Ville;Taille\nada@example.org;Ada;Byron;London;42\nnobody;No;Body;;\nthere@example.org;Thea;Re;;\nada@example.org;Again;;;\n',
  )
  await anna.goto(`/lists/${list}`)
  await anna.page.getByRole('button', { name: 'Import' }).first().click()
  await anna.page.locator('input[type=file]').setInputFiles(file)
  const window = anna.page.getByRole('dialog')
  await window.getByText('partage-lists-story.csv').waitFor()
  await accessible(anna.page)
  await window.getByRole('button', { name: 'Import', exact: true }).click()
  await window.getByText('2 rows were refused').waitFor()
  await window.getByRole('row', { name: /^3 / }).waitFor()
  await window.getByRole('row', { name: /^5 .*ada@example.org stands in line 2 already/ }).waitFor()
  await accessible(anna.page)
  const download = anna.page.waitForEvent('download')
  await window.getByRole('button', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toBe('partage-lists-story - refused.csv')
  await window.getByRole('button', { name: 'Close' }).last().click()
  await anna.page.getByRole('columnheader', { name: 'Taille' }).waitFor() // a field of this list's own
  await anna.page.getByRole('row').filter({ hasText: 'Thea' }).waitFor()
  await anna.page.getByText('2 contacts').waitFor()
})

test('S2: a file is imported that is dropped on the page, or instead of it another one onto the window', async () => {
  const list = await listOf('Dropped')
  await anna.goto(`/lists/${list}`)
  const { page } = anna
  const drop = async (onto: Locator, name: string) => {
    const dataTransfer = await page.evaluateHandle((called) => {
      const data = new DataTransfer()
      data.items.add(new File([`Email\n${called}@example.org\n`], `${called}.csv`))
      return data
    }, name)
    await onto.dispatchEvent('dragenter', { dataTransfer })
    await page.getByText('Let go to import into Dropped').waitFor()
    await onto.dispatchEvent('drop', { dataTransfer })
    await page.getByText('Let go to import into Dropped').waitFor({ state: 'detached' })
  }
  await drop(page.getByText('No contacts yet'), 'ada')
  const window = page.getByRole('dialog')
  await window.getByText('ada.csv').waitFor()
  await drop(window, 'grace')
  await window.getByText('grace.csv').waitFor()
  await window.getByRole('button', { name: 'Import', exact: true }).click()
  await window.getByRole('button', { name: 'Import another file' }).waitFor()
  await drop(window, 'mary')
  await window.getByRole('button', { name: 'Import', exact: true }).click()
  await window.getByRole('button', { name: 'Close' }).last().click()
  for (const name of ['grace', 'mary'])
    await page
      .getByRole('row')
      .filter({ hasText: `${name}@example.org` })
      .waitFor()
  await page.getByText('2 contacts', { exact: true }).waitFor()
})

test('S2: an import is stopped: what was stored by then stays and is said, and importing again goes on from there', async () => {
  const list = await listOf('Stopped', 'there@example.org')
  const file = join(tmpdir(), 'partage-stopped-story.csv')
  const rows = 60_000
  await writeFile(file, `Email\n${Array.from({ length: rows }, (_, i) => `person${i}@example.org`).join('\n')}\n`)
  await anna.goto(`/lists/${list}`)
  const { page } = anna
  await page.getByRole('button', { name: 'Import' }).first().click()
  await page.locator('input[type=file]').setInputFiles(file)
  const window = page.getByRole('dialog')
  const line = await page.context().newCDPSession(page)
  const throttle = (uploadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
  await throttle(150_000) // bytes a second: the file is on its way for ten
  await window.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText(/^\d+,\d{3} contacts$/).waitFor() // the first thousands are stored
  await window.getByRole('button', { name: 'Stop', exact: true }).click()
  await window.getByText('The import was stopped').waitFor()
  const stored = async () =>
    (await world.ask<{ node: { contactCount: number } }>('anna', 'query ($id: ID!) { node(id: $id) { ... on ContactList { contactCount } } }', { id: list }))
      .node.contactCount
  await eventually(async () => {
    const now = (await stored()).toLocaleString('en-GB')
    expect(await window.getByRole('status').textContent()).toContain(`the list has ${now} contacts now, and had 1 before`)
  })
  const left = await stored()
  expect(left).toBeLessThan(rows)
  await throttle(-1)
  await accessible(page)
  await window.getByRole('button', { name: 'Try again' }).click()
  await page.getByText(`${(rows + 1).toLocaleString('en-GB')} contacts`).waitFor()
  await window.getByText(/^unchanged$/).waitFor()
  const told = (what: string) => window.getByRole('status').getByText(what, { exact: true }).locator('xpath=preceding-sibling::*[1]').textContent()
  const [added, unchanged] = [await told('added'), await told('unchanged')].map((n) => Number(n?.replaceAll(',', '')))
  expect(unchanged).toBeGreaterThanOrEqual(left - 1) // what was on its way when it was stopped may still have been stored
  expect(Number(added) + Number(unchanged)).toBe(rows)
})

test('S4: whoever may export is given a list as a file; nobody else is offered it, and the server says who can help', async () => {
  const list = await listOf('To take along', 'ada@example.org')
  const chloe = await world.person('chloe')
  await chloe.goto(`/lists/${list}`)
  const { page } = chloe
  await page.getByRole('button', { name: 'Import' }).first().waitFor()
  const button = page.getByRole('button', { name: 'Export', exact: true })
  expect(await button.count()).toBe(0)
  const refused = await chloe.context.request.get(`${world.url}/export/contacts/${list}.csv`, { headers: { 'partage-client': 'e2e' } })
  expect(refused.status()).toBe(403)
  expect(await refused.text()).toContain('An owner can give you the right to.')

  const collaborators = [await personNamed(world, 'Chloé')]
  const change = 'mutation ($input: ChangePeopleInput!) { changePeople(input: $input) { errors { message } } }'
  await world.ask('anna', change, { input: { collaborators, canExport: true } })
  const download = page.waitForEvent('download')
  await button.click()
  expect((await download).suggestedFilename()).toBe('To take along.csv')
  expect(await text(await (await download).createReadStream())).toContain('ada@example.org')
  await world.ask('anna', change, { input: { collaborators, canExport: false } })
  await button.waitFor({ state: 'detached' })
})

test('S2: what another person adds appears without losing the place', async () => {
  await bruno.goto(`/lists/${customers}`)
  const scroller = bruno.page.locator('[role=table]').locator('..')
  await bruno.page.getByRole('row').nth(5).waitFor()
  await scroller.evaluate((element) => element.scrollTo({ top: 4_400 }))
  await bruno.page.locator('[aria-rowindex="105"] button').first().waitFor()
  await anna.goto(`/lists/${customers}`)
  await anna.page.getByRole('textbox', { name: 'Email' }).fill('zzz.live@example.org')
  await anna.page.keyboard.press('Enter')
  await bruno.page.getByText('251 contacts').waitFor()
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(4_400)
  await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await bruno.page.getByRole('button', { name: 'zzz.live@example.org', exact: true }).waitFor()
})

test('S2: two people change one contact: what both changed is decided, the rest is kept', async () => {
  const list = await listOf('Conflict')
  await add(list, 'ada@example.org', 'Ada')
  await anna.goto(`/lists/${list}`)
  await bruno.goto(`/lists/${list}`)
  await anna.page.getByText('Also open: Bruno Keller').waitFor({ state: 'attached' })
  await bruno.page.getByText('Also open: Anna Martin').waitFor({ state: 'attached' })
  for (const person of [anna, bruno]) await person.page.getByRole('button', { name: 'ada@example.org', exact: true }).click()
  const of = (person: Person) => person.page.getByRole('dialog', { name: 'Contact' })
  await of(anna).getByRole('textbox', { name: 'First name' }).fill('Augusta Ada')
  await of(bruno).getByRole('textbox', { name: 'First name' }).fill('Adele')
  await of(bruno).getByRole('textbox', { name: 'City' }).fill('London')
  await of(bruno).getByRole('button', { name: 'Save' }).click()
  await of(bruno).waitFor({ state: 'detached' })
  await eventually(async () => expect(await of(anna).getByRole('textbox', { name: 'City' }).inputValue()).toBe('London'))
  await accessible(anna.page)
  await of(anna).getByRole('button', { name: 'Save' }).click()
  const conflict = anna.page.getByRole('dialog').filter({ has: anna.page.getByRole('radiogroup') })
  await conflict.getByRole('radio', { name: /Augusta Ada/ }).click()
  await accessible(anna.page)
  await conflict.getByRole('button').last().click()
  await bruno.page.getByRole('row').filter({ hasText: 'Augusta Ada' }).filter({ hasText: 'London' }).waitFor()
})

test('S2: the name of a list is changed where it stands, and others see it', async () => {
  const list = await listOf('Old name')
  await anna.goto(`/lists/${list}`)
  await bruno.goto(`/lists/${list}`)
  await bruno.page.getByRole('heading', { name: 'Old name' }).waitFor()
  await anna.page.getByRole('button', { name: 'Change: Name' }).click()
  await anna.page.getByRole('textbox', { name: 'Name', exact: true }).fill('New name')
  await anna.page.keyboard.press('Enter')
  await bruno.page.getByRole('heading', { name: 'New name' }).waitFor()
})

test('S2: a deleted contact can be brought back; one who asked not to be mailed is asked about first', async () => {
  const list = await listOf('Delete', 'ada@example.org', 'charles@example.org')
  await anna.goto(`/lists/${list}`)
  const row = (email: string) => anna.page.getByRole('row').filter({ hasText: email })
  await row('ada@').getByRole('button', { name: 'Actions for' }).click()
  await anna.page.getByRole('menuitem', { name: 'Delete' }).click()
  await anna.page.getByText('ada@example.org is deleted.').waitFor()
  await row('ada@').waitFor({ state: 'detached' })
  await anna.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await row('ada@').waitFor()

  await row('charles@').getByRole('button', { name: 'Actions for' }).click()
  await anna.page.getByRole('menuitem', { name: 'Unsubscribe' }).click()
  await row('charles@').getByRole('cell', { name: 'Unsubscribed', exact: true }).waitFor()
  await row('charles@').getByRole('button', { name: 'Actions for' }).click()
  await anna.page.getByRole('menuitem', { name: 'Delete' }).click()
  const question = anna.page.getByRole('dialog', { name: 'Delete charles@example.org?' })
  await question.getByText('asked not to be mailed').waitFor()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await question.waitFor({ state: 'detached' })
  await row('charles@').waitFor()
})

test('S2: many contacts are ticked and deleted', async () => {
  const list = await listOf('Bulk', ...Array.from({ length: 7 }, (_, i) => `person${i}@example.org`))
  await anna.goto(`/lists/${list}`)
  await anna.page.getByRole('checkbox', { name: 'Select all' }).check()
  await anna.page.getByRole('checkbox', { name: 'Select person3@example.org' }).uncheck()
  await anna.page.getByText('6 ticked').waitFor()
  await accessible(anna.page)
  await anna.page.getByRole('region', { name: 'Actions for what is ticked' }).getByRole('button', { name: 'Delete' }).click()
  await anna.page.getByRole('button', { name: 'Delete 6' }).click()
  await anna.page.getByText('6 contacts are deleted.').waitFor()
  await anna.page.getByText('1 contact', { exact: true }).waitFor()
  await anna.page.getByRole('button', { name: 'person3@example.org', exact: true }).waitFor()
})

test('S3: a list that is taken away closes with a clear word', async () => {
  const list = await listOf('Taken away', 'ada@example.org')
  await bruno.goto(`/lists/${list}`)
  await bruno.page.getByRole('button', { name: 'ada@example.org', exact: true }).waitFor()
  await world.ask('anna', 'mutation ($id: ID!) { deleteItem(input: { id: $id }) { errors { message } } }', { id: list })
  await bruno.page.getByRole('heading', { name: 'This is no longer here' }).waitFor()
  await accessible(bruno.page)
})

test('S11: a contact that is added here arrives on a desktop', async () => {
  const desktop = await world.desktop('bruno')
  await anna.goto(`/lists/${customers}`)
  await anna.page.getByRole('textbox', { name: 'Email' }).fill('desktop@example.org')
  await anna.page.keyboard.press('Enter')
  await anna.page.getByText('desktop@example.org is added.').waitFor()
  await eventually(async () => {
    const [list] = await desktop.sql<{ file: string }>("SELECT file FROM contact_lists WHERE name = 'Customers'")
    expect(await desktop.sql("SELECT email FROM contacts WHERE email = 'desktop@example.org'", [], list?.file)).toHaveLength(1)
  })
})

test('S2: the pages of lists are accessible in the dark, in French, and on a narrow screen', async () => {
  const chloe = await world.person('chloe', { locale: 'fr-FR', colorScheme: 'dark', narrow: true })
  await chloe.goto(`/lists/${customers}`)
  await chloe.page.getByRole('row').nth(3).waitFor()
  await accessible(chloe.page)
  expect(await chloe.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await chloe.goto('/lists')
  await chloe.page.getByRole('link', { name: 'Customers', exact: true }).waitFor()
  await accessible(chloe.page)
})
