// Takes the pictures: go test ./server/dashboard/e2e -run Shots -shots FOLDER

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Look, Person } from '../lib'
import { beforeAll, describe, still, test, useWorld } from '../lib'
import { type Shot, shots } from './addresses'

const folder = process.env.PARTAGE_E2E_SHOTS ?? 'pictures'
const looks: Record<string, Look> = {
  light: {},
  dark: { colorScheme: 'dark' },
  french: { locale: 'fr-FR' },
  narrow: { narrow: true },
}

const world = useWorld()
let ids: Record<string, string> = {}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  ids = await idsOfTheDemo()
})

describe.each(Object.entries(looks))('%s', (name, look) => {
  const people = new Map<string, Person>()
  beforeAll(async () => {
    people.set('', await world.guest(look))
    for (const who of ['anna', 'chloe']) people.set(who, await world.person(who, look))
    return async () => Promise.all([...people.values()].map((p) => world.dismiss(p)))
  })
  test.each(shots.map((shot): [string, Shot] => [shot.name, shot]))('%s', async (_, { as = '', ...shot }) => {
    const person = people.get(as)
    if (!person) throw new Error(`${as} is not there`)
    const page = await person.goto(shot.path.replaceAll(/\{(\w+)\}/g, (_, kind: string) => ids[kind] ?? kind))
    await page.waitForLoadState('networkidle') // pictures, and rows that come after the page
    await shot.act?.(page)
    await page.waitForLoadState('networkidle')
    await still(page)
    await page.screenshot({ path: join(folder, `${shot.name}-${name}.png`) })
  })
})

/** One of each kind. */
async function idsOfTheDemo(): Promise<Record<string, string>> {
  const one = '(first: 1) { edges { node { id } } }'
  const found = await world.ask<Record<string, { edges: { node: { id: string } }[] }>>(
    'anna',
    `{ campaign: campaigns${one} template: templates${one} list: contactLists${one} blacklist: blacklists${one} person: collaborators(first: 2) { edges { node { id } } } }`,
  )
  return Object.fromEntries(Object.entries(found).map(([kind, { edges }]) => [kind, edges.at(-1)?.node.id ?? '']))
}
