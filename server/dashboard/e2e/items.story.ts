// Lists of items: finding, archiving, deleting and taking that back, one at a time and many at once; and templates.

import { accessible, beforeAll, eventually, expect, type Person, test, useWorld } from './lib'

const world = useWorld()
let anna: Person
let bruno: Person

beforeAll(async () => {
  ;[anna, bruno] = await Promise.all([world.person('anna'), world.person('bruno')])
})

async function campaigns(...names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const { createCampaign } = await world.ask<{ createCampaign: { campaign: { id: string } } }>(
      'anna',
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } errors { message } } }',
      { input: { name } },
    )
    ids.push(createCampaign.campaign.id)
  }
  return ids
}

const row = ({ page }: Person, name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })

async function choose(person: Person, name: string, act: string) {
  await row(person, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click()
  await person.page.getByRole('menuitem', { name: act }).click()
}

test('S2: a campaign is archived, found there and taken out again, seen by others at once', async () => {
  await campaigns('To put aside')
  await bruno.goto('/campaigns')
  await row(bruno, 'To put aside').waitFor()
  await anna.goto('/campaigns')
  await choose(anna, 'To put aside', 'Archive')
  await row(bruno, 'To put aside').waitFor({ state: 'detached' })
  await row(anna, 'To put aside').waitFor({ state: 'detached' })
  await anna.page.getByRole('radiogroup', { name: 'Archive' }).getByText('Archived').click()
  await row(anna, 'To put aside').waitFor()
  expect(new URL(anna.page.url()).searchParams.get('archive')).toBe('ARCHIVED')
  await accessible(anna.page)
  await choose(anna, 'To put aside', 'Take out of the archive')
  await anna.page.getByText('The archive is empty').waitFor()
  await row(bruno, 'To put aside').waitFor()
  await anna.page.getByText('is out of the archive').waitFor()
  await anna.page.getByRole('button', { name: 'Undo' }).last().click()
  await row(bruno, 'To put aside').waitFor({ state: 'detached' })
})

test('S2: what was just made is left by "back" for the list, not for the window that made it', async () => {
  await anna.goto('/campaigns')
  const { page } = anna
  await page.getByRole('button', { name: 'New campaign' }).first().click()
  const window = page.getByRole('dialog', { name: 'New campaign' })
  await window.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(201))
  await window.getByRole('button', { name: 'Create' }).click()
  await window.getByText('200').waitFor() // nothing is cut off unseen
  await window.getByRole('textbox', { name: 'Name' }).fill('Just made')
  await window.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Just made' }).waitFor()
  await page.goBack()
  await row(anna, 'Just made').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('S2: what is deleted comes back by undo, or from the deleted items', async () => {
  await campaigns('To delete')
  await anna.goto('/campaigns')
  await choose(anna, 'To delete', 'Delete')
  await row(anna, 'To delete').waitFor({ state: 'detached' })
  await anna.page.getByText('“To delete” is deleted.').waitFor()
  await anna.page.getByRole('button', { name: 'Undo' }).click()
  await row(anna, 'To delete').waitFor()
  await choose(anna, 'To delete', 'Delete')
  await row(anna, 'To delete').waitFor({ state: 'detached' })
  await anna.page.getByRole('link', { name: 'Deleted items' }).click()
  await row(anna, 'To delete').getByText('Anna Martin').waitFor()
  expect(await row(anna, 'To delete').textContent()).toContain('30 days')
  await accessible(anna.page)
  await row(anna, 'To delete').getByRole('button', { name: 'Restore' }).click()
  await row(anna, 'To delete').waitFor({ state: 'detached' })
  await anna.goto('/campaigns')
  await row(anna, 'To delete').waitFor()
})

test('S2: many are archived, deleted and restored at once', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Batch ${i + 1}`)
  await campaigns(...names)
  await anna.goto('/campaigns?q=Batch')
  await anna.page.getByText('12 campaigns').waitFor()
  await anna.page.getByRole('checkbox', { name: 'Select all' }).click()
  await row(anna, 'Batch 7').getByRole('checkbox').click()
  const bar = anna.page.getByRole('region', { name: 'Actions for what is ticked' })
  await bar.getByText('11 ticked').waitFor()
  await accessible(anna.page)
  await bar.getByRole('button', { name: 'Archive' }).click()
  await anna.page.getByText('11 items are archived.').waitFor()
  await anna.page.getByText('1 campaign', { exact: true }).waitFor()
  await anna.page.getByRole('button', { name: 'Undo' }).click()
  await anna.page.getByText('12 campaigns').waitFor()
  await row(anna, 'Batch 1').getByRole('checkbox').click()
  await row(anna, 'Batch 2').getByRole('checkbox').click()
  await bar.getByRole('button', { name: 'Delete' }).click()
  await anna.page.getByText('2 items are deleted.').waitFor()
  await anna.page.getByText('10 campaigns').waitFor()
  await anna.goto('/deleted')
  await row(anna, 'Batch 1').getByRole('checkbox').click()
  await row(anna, 'Batch 2').getByRole('checkbox').click()
  await bar.getByRole('button', { name: 'Restore' }).click()
  await anna.page.getByText('2 items are restored.').waitFor()
})

test('T12: a member makes no campaigns and deletes only what is theirs', async () => {
  await campaigns('Not of Chloé')
  const chloe = await world.person('chloe')
  await chloe.goto('/campaigns')
  const make = chloe.page.getByRole('button', { name: 'New campaign' })
  expect(await make.getAttribute('aria-disabled')).toBe('true')
  await make.hover()
  await chloe.page.getByTitle('Members create no campaigns.').waitFor()
  await row(chloe, 'Not of Chloé').getByRole('button', { name: 'Actions for' }).click()
  await chloe.page.getByRole('menuitem', { name: 'Properties' }).waitFor()
  for (const name of ['Duplicate', 'Archive', 'Delete']) expect(await chloe.page.getByRole('menuitem', { name }).count()).toBe(0)
  await chloe.page.keyboard.press('Escape')
  await row(chloe, 'Not of Chloé').getByRole('checkbox').click()
  await chloe.page.getByRole('button', { name: 'Delete', exact: true }).click()
  await chloe.page.getByText('1 item stayed as it was. Only an owner').or(chloe.page.getByText('Only an owner, the item')).first().waitFor()
  await row(chloe, 'Not of Chloé').waitFor()
})

test('lists sort, find, and keep both in their address', async () => {
  await campaigns('Été à la mer', 'Zebra')
  await anna.goto('/campaigns')
  await anna.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await eventually(async () => expect(await anna.page.getByRole('row').last().textContent()).toContain('Zebra'))
  await anna.page.getByRole('searchbox', { name: 'Search by name' }).fill('ete a')
  await anna.page.getByText('1 campaign', { exact: true }).waitFor()
  await anna.page.reload()
  await row(anna, 'Été à la mer').waitFor()
  expect(Object.fromEntries(new URL(anna.page.url()).searchParams)).toEqual({ q: 'ete a', order: 'NAME' })
  await anna.page.getByRole('searchbox', { name: 'Search by name' }).fill('no such thing')
  await anna.page.getByText('No campaign by that name').waitFor()
  await accessible(anna.page)
})

test('S2: a template shows what it looks like, and a campaign begins with it', async () => {
  await anna.goto('/templates')
  const card = anna.page.getByRole('listitem').filter({ has: anna.page.getByRole('link', { name: 'Receipt', exact: true }) })
  await card.locator('iframe').contentFrame().getByText('This purchase will appear').waitFor()
  expect(await card.locator('iframe').getAttribute('sandbox')).toBe('')
  await accessible(anna.page)
  await card.getByRole('button', { name: 'Actions for Receipt' }).click()
  await anna.page.getByRole('menuitem', { name: 'Use for a campaign' }).click()
  const dialog = anna.page.getByRole('dialog', { name: 'New campaign' })
  await eventually(async () => expect(await dialog.getByRole('combobox', { name: 'Begin with' }).inputValue()).toBe('Receipt'))
  await accessible(anna.page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Receipts of May')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await anna.page.getByRole('heading', { level: 1, name: 'Receipts of May' }).waitFor()
  await anna.page.frameLocator('iframe[title="Preview"]').getByText('This purchase will appear').waitFor()
})

test('S2: a template is made and written, and its picture follows', async () => {
  await bruno.goto('/templates')
  await bruno.page.getByRole('link', { name: 'Receipt', exact: true }).waitFor()
  await anna.goto('/templates?new=true')
  const dialog = anna.page.getByRole('dialog', { name: 'New template' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Invitation')
  await dialog.getByRole('textbox', { name: 'Name' }).press('Enter')
  const source = anna.page.getByRole('textbox', { name: 'Source' })
  await source.click()
  await anna.page.keyboard.type('<h1>You are invited</h1>')
  await accessible(anna.page)
  await anna.page.keyboard.press('ControlOrMeta+s')
  await anna.page.getByText('Saved', { exact: true }).waitFor()
  const card = bruno.page.getByRole('listitem').filter({ has: bruno.page.getByRole('link', { name: 'Invitation', exact: true }) })
  await card.locator('iframe').contentFrame().getByText('You are invited').waitFor()
})

const looks = { 'in French and dark': { locale: 'fr-FR', colorScheme: 'dark' }, narrow: { narrow: true } } as const

for (const [words, look] of Object.entries(looks)) {
  test(`the pages of items are accessible ${words}`, async () => {
    await world.ask('anna', 'mutation ($id: ID!) { deleteItem(input: { id: $id }) { errors { message } } }', { id: (await campaigns('Gone'))[0] })
    const person = await world.person('anna', look)
    for (const path of ['/campaigns', '/templates', '/deleted']) {
      await person.goto(path)
      await person.page.getByRole('checkbox').nth(1).waitFor()
      await accessible(person.page)
      expect(await person.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    }
  })
}
