// What was ticked in the access window and is not saved yet: a wish for every campaign of the account, and wishes for single
// ones. It never holds the campaigns themselves, so that it is as small with a hundred thousand of them as with ten.

/** What somebody has on a campaign. Round robin comes with access, and goes with it (T4). */
export interface Has {
  canAccess: boolean
  roundRobin: boolean
}

/** A campaign as it is on the server. */
export interface Row extends Has {
  id: string
  /** Whether access can be taken away: not from owners, and not from who made the campaign. */
  mayRemove: boolean
}

/** What is to become of a campaign; what is left out stays as it is on the server. */
export type Wish = Partial<Has>

export interface Draft {
  /** For every campaign that `changes` does not name. */
  all: Wish
  /** For single campaigns, on top of `all`. */
  changes: ReadonlyMap<string, Wish>
}

/** The draft that changes nothing. */
export const nothing: Draft = { all: {}, changes: new Map() }

/** How many campaigns may be changed one by one in one go. */
export const mostChanges = 10_000

/** What somebody will have on a campaign once the draft is saved. */
export function drafted(draft: Draft, row: Row): Has {
  const wish = wishFor(draft, row.id)
  const canAccess = (wish.canAccess ?? row.canAccess) || !row.mayRemove
  return { canAccess, roundRobin: (wish.canAccess ?? canAccess) && (wish.roundRobin ?? row.roundRobin) }
}

/** Whether saving the draft changes a campaign. */
export function changes(draft: Draft, row: Row): boolean {
  return !same(drafted(draft, row), row)
}

/** Ticks or unticks one box of one campaign, and what that implies. A tick that was taken back leaves nothing behind. */
export function set(draft: Draft, row: Row, field: keyof Has, on: boolean): Draft {
  const wish = { ...draft.changes.get(row.id), ...implied(field, on) }
  const without = new Map(draft.changes)
  without.delete(row.id)
  const unnamed = { ...draft, changes: without }
  const named = { ...draft, changes: new Map(without).set(row.id, wish) }
  return same(drafted(unnamed, row), drafted(named, row)) ? unnamed : named
}

/** Ticks or unticks one box of every campaign of the account, whatever was said of it for single ones before. */
export function setAll(draft: Draft, field: keyof Has, on: boolean): Draft {
  const wish = implied(field, on)
  const changes = new Map<string, Wish>()
  for (const [id, single] of draft.changes) {
    const rest: Wish = Object.fromEntries(Object.entries(single).filter(([said]) => !(said in wish)))
    if (rest.canAccess !== undefined || rest.roundRobin !== undefined) changes.set(id, rest)
  }
  return { all: { ...draft.all, ...wish }, changes }
}

/** Whether nothing was ticked or unticked. */
export function isEmpty(draft: Draft): boolean {
  return !saysAll(draft) && draft.changes.size === 0
}

/** Whether the draft says something of every campaign. */
export function saysAll(draft: Draft): boolean {
  return draft.all.canAccess !== undefined || draft.all.roundRobin !== undefined
}

/** How many campaigns have a box ticked on the server, of how many. */
export interface Counts {
  total: number
  canAccess: number
  roundRobin: number
}

/**
 * How many campaigns will have each box ticked once the draft is saved. `known` has the rows that single wishes are for. Where
 * access to all is taken away, `kept` says how many keep it; without it, those that were looked at are counted.
 */
export function count(draft: Draft, now: Counts, known: ReadonlyMap<string, Row>, kept = keptOf(draft, known)): Counts {
  const field = (name: keyof Has) => countField(draft, name, now, known, name === 'canAccess' ? kept : 0)
  return { total: now.total, canAccess: field('canAccess'), roundRobin: field('roundRobin') }
}

function keptOf(draft: Draft, known: ReadonlyMap<string, Row>): number {
  let n = 0
  for (const row of known.values()) if (!row.mayRemove && !draft.changes.has(row.id)) n++
  return n
}

function countField(draft: Draft, field: keyof Has, now: Counts, known: ReadonlyMap<string, Row>, kept: number): number {
  const all = draft.all[field]
  let n = all === undefined ? now[field] : all ? now.total : kept
  for (const id of draft.changes.keys()) {
    const row = known.get(id)
    if (row) n += Number(drafted(draft, row)[field]) - Number(all ?? row[field])
  }
  return n
}

/** What the API is told to change for one person. */
export function changeInput(draft: Draft) {
  return {
    all: saysAll(draft) ? { ...draft.all, except: [] } : null,
    changes: [...draft.changes.keys()].map((campaign) => ({ campaign, ...wishFor(draft, campaign) })),
  }
}

/** What the API is told to give to several people: what is ticked, and nothing is taken away (T10). */
export function grantInput(draft: Draft) {
  const campaigns: string[] = []
  const roundRobin: string[] = []
  const except: string[] = []
  for (const id of draft.changes.keys()) {
    const has = drafted(draft, { id, canAccess: false, roundRobin: false, mayRemove: true })
    if (has.roundRobin) roundRobin.push(id)
    else if (has.canAccess) campaigns.push(id)
    else except.push(id)
  }
  return { campaigns, roundRobin, all: draft.all.canAccess ? { roundRobin: draft.all.roundRobin ?? false, except } : null }
}

/** A single wish stands before that for all, and with what it implies. */
function wishFor(draft: Draft, id: string): Wish {
  const wish = { ...draft.all, ...draft.changes.get(id) }
  if (wish.canAccess === false) wish.roundRobin = false
  return wish
}

function implied(field: keyof Has, on: boolean): Wish {
  if (field === 'canAccess') return on ? { canAccess: true } : { canAccess: false, roundRobin: false }
  return on ? { canAccess: true, roundRobin: true } : { roundRobin: false }
}

function same(a: Has, b: Has): boolean {
  return a.canAccess === b.canAccess && a.roundRobin === b.roundRobin
}
