// Writing a campaign, alone and with others: nobody's words are overwritten unseen, and none are lost.

import { accessible, beforeAll, eventually, expect, type Person, test, useWorld } from './lib'

const world = useWorld()
let anna: Person
let bruno: Person

beforeAll(async () => {
  ;[anna, bruno] = await Promise.all([world.person('anna'), world.person('bruno')])
})

const lines = '<p>One</p>\n<p>Two</p>\n<p>Three</p>\n<p>Four</p>\n<p>Five</p>'

/** A campaign of its own for a story. */
async function campaign(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const { createCampaign } = await world.ask<{ createCampaign: { campaign: { id: string } } }>(
    'anna',
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } errors { message } } }',
    { input: { name, subject: 'Hello', body: lines, ...more } },
  )
  return createCampaign.campaign.id
}

async function stored(id: string): Promise<{ name: string; subject: string; preheader: string; body: string; version: number }> {
  const { node } = await world.ask<{ node: { name: string; subject: string; preheader: string; body: string; version: number } }>(
    'anna',
    'query ($id: ID!) { node(id: $id) { ... on Campaign { name subject preheader body version } } }',
    { id },
  )
  return node
}

async function collaboratorOf(email: string): Promise<string | undefined> {
  const { team } = await world.ask<{ team: { edges: { node: { id: string; email: string } }[] } }>(
    'anna',
    '{ team(first: 50) { edges { node { id email } } } }',
  )
  return team.edges.find((e) => e.node.email === email)?.node.id
}

async function open(person: Person, id: string) {
  await person.goto(`/campaigns/${id}`)
  await person.page.getByRole('textbox', { name: 'Source' }).waitFor()
  return person.page
}

const save = (person: Person) => person.page.getByRole('button', { name: 'Save', exact: true }).click()
const saved = (person: Person) => person.page.getByText('Saved', { exact: true }).waitFor()

/** Writes at the end of a line of the source. */
async function append({ page }: Person, line: number, text: string) {
  await page
    .locator('.cm-line')
    .nth(line - 1)
    .click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

test('S2: two people change different fields of one campaign, and both stay', async () => {
  const id = await campaign('Different fields')
  await open(anna, id)
  await open(bruno, id)
  await anna.page.getByText('Also open: Bruno Keller').waitFor({ state: 'attached' })
  await bruno.page.getByText('Also open: Anna Martin').waitFor({ state: 'attached' })
  await anna.page.getByRole('textbox', { name: 'Preheader' }).fill('Of Anna')
  await bruno.page.getByRole('textbox', { name: 'Subject' }).fill('Of Bruno')
  await bruno.page.keyboard.press('ControlOrMeta+s')
  await anna.page.getByText('Bruno Keller changed Subject: it is shown').waitFor()
  expect(await anna.page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Of Bruno')
  expect(await anna.page.getByRole('textbox', { name: 'Preheader' }).inputValue()).toBe('Of Anna')
  await save(anna)
  await saved(anna)
  expect(await stored(id)).toMatchObject({ subject: 'Of Bruno', preheader: 'Of Anna' })
  await bruno.goto('/campaigns')
  await anna.page.getByText('Also open: Bruno Keller').waitFor({ state: 'detached' })
})

test('S2: of a field that two people changed, whoever is later decides', async () => {
  const id = await campaign('Same field')
  await open(anna, id)
  await open(bruno, id)
  await anna.page.getByRole('textbox', { name: 'Subject' }).fill('Hello from Anna')
  await bruno.page.getByRole('textbox', { name: 'Subject' }).fill('Hello from Bruno')
  await save(bruno)
  await anna.page.getByText('Bruno Keller changed what you are changing, too: Subject.').waitFor()
  await accessible(anna.page)
  await save(anna)
  const dialog = anna.page.getByRole('dialog', { name: 'Changed by two people' })
  await dialog.getByText('Hello from Bruno').waitFor()
  await accessible(anna.page)
  expect((await stored(id)).subject).toBe('Hello from Bruno')
  await dialog.getByRole('radio', { name: 'Yours: Hello from Anna' }).click()
  await dialog.getByRole('button', { name: 'Keep and save' }).click()
  await saved(anna)
  expect((await stored(id)).subject).toBe('Hello from Anna')
  await bruno.page.getByText('Anna Martin changed Subject: it is shown').waitFor()
  expect(await bruno.page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Hello from Anna')
})

test('S2: two people’s changes of a source come together line by line', async () => {
  const id = await campaign('Lines')
  await open(anna, id)
  await open(bruno, id)
  await append(anna, 1, ' of Anna')
  await append(anna, 3, ' of Anna')
  await append(bruno, 3, ' of Bruno')
  await append(bruno, 5, ' of Bruno')
  await save(bruno)
  await saved(bruno)
  await anna.page.getByRole('button', { name: 'Compare' }).click()
  const dialog = anna.page.getByRole('dialog', { name: 'Changed by two people' })
  await dialog.getByRole('radio', { name: 'Both together' }).click()
  await dialog.getByRole('radio', { name: /Bruno Keller.*Three/s }).click()
  await accessible(anna.page)
  await dialog.getByRole('button', { name: 'Keep and save' }).click()
  await saved(anna)
  expect((await stored(id)).body).toBe('<p>One</p> of Anna\n<p>Two</p>\n<p>Three</p> of Bruno\n<p>Four</p>\n<p>Five</p> of Bruno')
  await bruno.page.locator('.cm-line', { hasText: 'One of Anna' }).or(bruno.page.getByText('of Anna')).first().waitFor()
})

test('S11: what is written on a desktop arrives on the page, and the other way round', async () => {
  const id = await campaign('On the desktop')
  const desktop = await world.desktop('bruno')
  const there = () =>
    desktop.sql<{ id: string; subject: string; preheader: string }>("SELECT id, subject, preheader FROM campaigns WHERE name = 'On the desktop'")
  await eventually(async () => expect(await there()).toHaveLength(1))
  await open(anna, id)
  await desktop.sql("UPDATE campaigns SET subject = 'Written on the desktop' WHERE name = 'On the desktop'")
  await anna.page.getByText('Bruno Keller changed Subject: it is shown').waitFor()
  expect(await anna.page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Written on the desktop')
  await anna.page.getByRole('textbox', { name: 'Preheader' }).fill('Written in the browser')
  await save(anna)
  await saved(anna)
  await eventually(async () => expect(await there()).toMatchObject([{ subject: 'Written on the desktop', preheader: 'Written in the browser' }]))
})

test('S9: who may only look is told so, and why', async () => {
  const id = await campaign('Only to look at')
  const collaborator = await collaboratorOf('chloe@demo.example')
  await world.ask('anna', 'mutation ($input: SetAccessInput!) { setAccess(input: $input) { errors { message } } }', {
    input: { item: id, collaborator, level: 'VIEW' },
  })
  const chloe = await world.person('chloe')
  const page = await open(chloe, id)
  await page.getByText('You may look at this, not change it.').waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
  expect(await page.getByRole('textbox', { name: 'Source' }).getAttribute('aria-readonly')).toBe('true')
  expect(await page.getByRole('textbox', { name: 'Subject' }).isEditable()).toBe(false)
  await accessible(page)

  // Once she may, it opens under her eyes.
  await world.ask('anna', 'mutation ($input: SetAccessInput!) { setAccess(input: $input) { errors { message } } }', {
    input: { item: id, collaborator, level: 'EDIT' },
  })
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'Subject' }).fill('Of Chloé')

  // And when it is taken away, it closes, and what she wrote can be copied.
  await world.ask('anna', 'mutation ($input: SetAccessInput!) { setAccess(input: $input) { errors { message } } }', {
    input: { item: id, collaborator, level: 'NONE' },
  })
  await page.getByText('This is no longer here').waitFor()
  expect(await page.getByRole('textbox', { name: 'What you wrote and did not save' }).inputValue()).toBe('Of Chloé')
  expect(await page.getByText('Only to look at').count()).toBe(0)
  await accessible(page)
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('partage-kept/draft')))).toEqual([])
})

test('a campaign that has been sent is no longer written: the server says so to whoever has it open, and the page from then on', async () => {
  const id = await campaign('Sent')
  const page = await open(anna, id)
  await page.getByRole('textbox', { name: 'Subject' }).fill('Too late')
  await world.sql(`UPDATE campaigns SET state = 'sent' WHERE id = ?`, [id.slice(id.indexOf('_') + 1)])
  await save(anna)
  await page.getByText('This campaign has been sent; its content no longer changes. Duplicate it to go on.').waitFor()
  expect(await page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Too late')
  expect((await stored(id)).subject).toBe('Hello')

  await open(bruno, id)
  await bruno.page.getByText('This campaign has been sent: its content no longer changes. Duplicate it to go on.').waitFor()
  await bruno.page.getByText('Sent', { exact: true }).nth(1).waitFor() // beside the name
  expect(await bruno.page.getByRole('textbox', { name: 'Source' }).getAttribute('aria-readonly')).toBe('true')
  expect(await bruno.page.getByRole('textbox', { name: 'Subject' }).isEditable()).toBe(false)
  await accessible(bruno.page)
  await bruno.page.getByRole('tab', { name: 'Sender and recipients' }).click()
  expect(await bruno.page.getByRole('textbox', { name: 'Sender’s email address' }).isEditable()).toBe(false)
  expect(await bruno.page.getByRole('textbox', { name: 'Name', exact: true }).isEditable()).toBe(true)
})

test('what is not saved survives a reload, and leaving asks', async () => {
  const id = await campaign('Unsaved')
  const page = await open(anna, id)
  await append(anna, 2, '<b>kept</b>')
  await page.getByText('Not saved', { exact: true }).waitFor()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByText('Found again: written').waitFor()
  await page.locator('.cm-line', { hasText: 'kept' }).waitFor()
  await page.getByRole('link', { name: 'Templates' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.waitFor()
  await accessible(page)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.locator('.cm-line', { hasText: 'kept' }).waitFor()
  await page.getByRole('link', { name: 'Templates' }).click()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor()
  await open(anna, id)
  expect(await page.locator('.cm-line', { hasText: 'kept' }).count()).toBe(0)
  expect((await stored(id)).body).toBe(lines)
})

test('a preview that could not be made for want of a connection is made when it is back', async () => {
  const id = await campaign('Preview offline')
  anna.forgive(/ERR_|WebSocket/)
  const page = await open(anna, id)
  const shown = page.frameLocator('iframe[title="Preview"]')
  await shown.getByText('Two').waitFor()
  await anna.context.setOffline(true)
  await append(anna, 2, ' and a half')
  await page.getByRole('region', { name: 'Preview' }).getByText('Check the connection').waitFor()
  await save(anna)
  await page.getByText('Not saved yet. What you wrote stays here.').waitFor()
  await anna.context.setOffline(false)
  await shown.getByText('and a half').waitFor()
  await page.getByRole('region', { name: 'Preview' }).getByText('Check the connection').waitFor({ state: 'detached' })
  await save(anna)
  await saved(anna)
})

test('S7: what is unsaved when another window opens another account is there again in its own', async () => {
  const id = await campaign('Between accounts')
  await world.signUp({ email: 'eve@example.com', accountName: 'Elsewhere' })
  const eve = await world.person('eve@example.com')
  await world.ask('anna', 'mutation($input: InviteInput!) { invite(input: $input) { errors { message } } }', {
    input: { firstName: 'Eve', lastName: 'Else', email: 'eve@example.com' },
  })
  const token = new URLSearchParams(new URL(await world.link('eve@example.com')).hash.slice(1)).get('token')
  await world.ask('eve@example.com', 'mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { message } } }', {
    input: { token },
  })
  const other = await eve.window('/lists')
  const to = async (account: RegExp, now: RegExp) => {
    await other.getByRole('button', { name: now }).click()
    await other.getByRole('menuitem', { name: account }).click()
    await other.getByRole('button', { name: account }).waitFor()
  }
  await to(/Maison Lumière/, /Elsewhere/)
  const page = await open(eve, id)
  await append(eve, 2, ' and written just now')
  await to(/Elsewhere/, /Maison Lumière/)
  await page.getByText('You opened Elsewhere in another window').waitFor()
  await page.getByText('it is back as soon as its account is open again').waitFor()
  await to(/Maison Lumière/, /Elsewhere/)
  await page.locator('.cm-line', { hasText: 'and written just now' }).waitFor()
})

test('logging out asks about what is not saved, leaves none of it, and leads whoever comes next nowhere', async () => {
  const id = await campaign('Left unsaved')
  const chloe = await world.person('chloe')
  const page = await open(chloe, id)
  const kept = () => page.evaluate(() => [sessionStorage, localStorage].flatMap((s) => Object.keys(s)).filter((name) => name.startsWith('partage-kept/')))
  await page.evaluate(() => localStorage.setItem('partage-kept/columns/some-list', '["field:Salary"]')) // as a table keeps them
  await append(chloe, 2, '<b>secret</b>')
  await expect.poll(kept).toHaveLength(2)
  await page.getByRole('button', { name: /Chloé Dubois/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByRole('dialog', { name: 'Log out without saving?' }).getByRole('button', { name: 'Log out' }).click()
  world.forget('chloe')
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
  expect(await kept()).toEqual([])
  expect(new URL(page.url()).search).toBe('')
})

test('the preview shows the unsaved text in its language and width, and remarks lead to their line', async () => {
  const id = await campaign('Preview')
  const page = await open(anna, id)
  const shown = page.frameLocator('iframe[title="Preview"]')
  await append(anna, 2, ' {{{{ contact.first_name }} {{{{ FirstName }}'.replaceAll('{{{{', '{{'))
  await shown.getByText('Two').waitFor()
  await shown.getByText('Zoë {{ FirstName }}').waitFor()
  await page.getByRole('radiogroup', { name: 'Language of the sample person' }).getByText('FR').click()
  await shown.getByText('Hélène').waitFor()
  await page.getByRole('button', { name: 'As on a phone' }).click()
  expect(await page.locator('iframe[title="Preview"]').evaluate((frame: HTMLIFrameElement) => [frame.style.width, frame.getAttribute('sandbox')])).toEqual([
    '375px',
    '',
  ])
  await page.keyboard.press('ControlOrMeta+Home')
  await page.getByRole('button', { name: /Line 2/ }).click()
  await page.locator('.cm-activeLine', { hasText: 'FirstName' }).waitFor()
  expect((await stored(id)).body).toBe(lines)

  // What cannot be shown says why, and what was shown last stays.
  await append(anna, 4, '{% if contact.city %}')
  await page.getByRole('button', { name: /Line 4.*not ended/ }).waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Insert a variable: Subject' }).click()
  await page.getByRole('menuitem', { name: /Last name/ }).click()
  expect(await page.getByRole('textbox', { name: 'Subject' }).inputValue()).toContain('{{ contact.last_name }}')
  await save(anna)
  await saved(anna)
})

test('sender and recipients: lists are found by name, and those that are not shared are said to be there', async () => {
  const id = await campaign('Recipients')
  const page = await open(anna, id)
  await page.getByRole('tab', { name: 'Sender and recipients' }).click()
  await page.getByRole('textbox', { name: 'Name of the sender' }).fill('Maison')
  for (const name of ['Customers', 'Investors']) {
    await page.getByRole('combobox', { name: 'Goes to these contact lists' }).fill(name.slice(0, 5).toLowerCase())
    await page.getByRole('option', { name }).click()
  }
  await page.keyboard.press('Escape')
  await accessible(page)
  await save(anna)
  await saved(anna)
  const { node } = await world.ask<{ node: unknown }>('anna', 'query ($id: ID!) { node(id: $id) { ... on Campaign { senderName lists { name } } } }', { id })
  expect(node).toEqual({ senderName: 'Maison', lists: [{ name: 'Customers' }, { name: 'Investors' }] })

  // Bruno does not see the list of investors.
  await open(bruno, id)
  await bruno.page.getByRole('tab', { name: 'Sender and recipients' }).click()
  await bruno.page.getByText('It also goes to lists that are not shared with you.').waitFor()
  expect(await bruno.page.getByText('Investors').count()).toBe(0)
})

test('T12: a member writes a campaign, and others say who it is from and who it goes to', async () => {
  const id = await campaign('Of a member')
  const chloe = await world.person('chloe')
  const page = await open(chloe, id)
  const words = page.getByText('Members write campaigns; owners, managers and the creator say who they are from and who they go to.')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Of Chloé')
  await save(chloe)
  await saved(chloe)
  expect((await stored(id)).subject).toBe('Of Chloé')
  await page.getByRole('tab', { name: 'Sender and recipients' }).click()
  await words.waitFor()
  for (const name of ['Name of the sender', 'Sender’s email address', 'Reply-to address'])
    expect(await page.getByRole('textbox', { name }).isEditable()).toBe(false)
  for (const name of ['Goes to these contact lists', 'Respects these blacklists']) expect(await page.getByRole('combobox', { name }).isEditable()).toBe(false)
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).isEditable()).toBe(true)
  await accessible(page)

  // Once she is a manager, so does she, at once; and what she has not saved when she is a member again is refused, and stays hers.
  const collaborator = await collaboratorOf('chloe@demo.example')
  const become = (role: string) =>
    world.ask('anna', 'mutation ($input: ChangePeopleInput!) { changePeople(input: $input) { errors { message } } }', {
      input: { collaborators: [collaborator], role },
    })
  await become('MANAGER')
  await words.waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Name of the sender' }).fill('Chloé')
  await become('MEMBER')
  await words.waitFor()
  await save(chloe)
  await page.getByText('Members do not change a campaign').waitFor()
  expect(await page.getByRole('textbox', { name: 'Name of the sender' }).inputValue()).toBe('Chloé')
})

test('the editor in French, dark and narrow is accessible', async () => {
  const id = await campaign('Accessible')
  const dark = await world.person('bruno', { locale: 'fr-FR', colorScheme: 'dark' })
  await dark.goto(`/campaigns/${id}`)
  await dark.page.getByRole('textbox', { name: 'Code source' }).waitFor()
  await accessible(dark.page)
  await dark.page.getByRole('tab', { name: 'Expéditeur et destinataires' }).click()
  await dark.page.getByRole('tabpanel', { name: 'Expéditeur et destinataires' }).waitFor()
  await accessible(dark.page)
  const narrow = await world.person('bruno', { narrow: true })
  await narrow.goto(`/campaigns/${id}`)
  await narrow.page.getByText('Preview', { exact: true }).click()
  await narrow.page.locator('iframe[title="Preview"]').waitFor()
  await accessible(narrow.page)
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})
