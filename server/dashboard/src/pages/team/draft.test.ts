// The draft against the plainest model there is: every campaign with its two boxes, ticked one by one.

import { describe, expect, test } from 'vitest'
import { changeInput, changes, count, type Draft, drafted, grantInput, type Has, isEmpty, nothing, type Row, set, setAll, type Wish } from './draft'

/** A source of choices that can be repeated by its seed (mulberry32). */
function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { below: (n: number) => Math.floor(next() * n), yes: () => next() < 0.5 }
}

type Chance = ReturnType<typeof chance>

function rowsOf(c: Chance, n: number): Row[] {
  return Array.from({ length: n }, (_, i) => {
    const mayRemove = c.below(5) > 0
    const canAccess = !mayRemove || c.yes()
    return { id: `c${i}`, mayRemove, canAccess, roundRobin: canAccess && c.yes() }
  })
}

const fields = ['canAccess', 'roundRobin'] as const

/** The plain model: what each campaign's boxes show. */
function tick(row: Row, has: Has, field: keyof Has, on: boolean): Has {
  if (field === 'roundRobin') return on ? { canAccess: true, roundRobin: true } : { ...has, roundRobin: false }
  return on ? { ...has, canAccess: true } : { canAccess: !row.mayRemove, roundRobin: false }
}

/** What the server makes of the input: the rules of server/matrix. */
function applied(input: ReturnType<typeof changeInput>, row: Row): Has {
  const wish: Wish = input.changes.find((w) => w.campaign === row.id) ?? input.all ?? {}
  const roundRobin = wish.canAccess === false ? false : wish.roundRobin
  const canAccess = roundRobin ? true : wish.canAccess
  return { canAccess: (canAccess ?? row.canAccess) || !row.mayRemove, roundRobin: roundRobin ?? row.roundRobin }
}

/** A wish that the server refuses: it says nothing, or asks for round robin without access. */
function refused(wish: Wish): boolean {
  return (wish.canAccess === undefined && wish.roundRobin === undefined) || (wish.canAccess === false && wish.roundRobin === true)
}

/** Ways of ticking, alike in every run. */
const runs = Array.from({ length: 40 }, (_, seed) => seed)

describe('draft', () => {
  test('shows, counts and saves what was ticked one by one', () => {
    for (const seed of runs) {
      const c = chance(seed)
      const rows = rowsOf(c, 1 + c.below(12))
      const known = new Map(rows.map((row) => [row.id, row]))
      const has = new Map<string, Has>(rows.map((row) => [row.id, row]))
      let draft: Draft = nothing
      for (let step = 0; step < 20; step++) {
        const field = fields[c.below(2)] ?? 'canAccess'
        const on = c.yes()
        const row = rows[c.below(rows.length)]
        if (!row) continue
        if (c.below(10) > 0) {
          draft = set(draft, row, field, on)
          has.set(row.id, tick(row, has.get(row.id) ?? row, field, on))
        } else {
          draft = setAll(draft, field, on)
          for (const r of rows) has.set(r.id, tick(r, has.get(r.id) ?? r, field, on))
        }
        const input = changeInput(draft)
        const shown = rows.map((r) => drafted(draft, r))
        expect(shown, `run ${seed}, step ${step}`).toEqual(rows.map((r) => plain(has.get(r.id))))
        expect(rows.map((r) => applied(input, r))).toEqual(shown)
        expect([...input.changes, input.all ?? { canAccess: true }].filter(refused)).toEqual([])
        const now = { total: rows.length, canAccess: rows.filter((r) => r.canAccess).length, roundRobin: rows.filter((r) => r.roundRobin).length }
        const ticked = [...has.values()]
        expect(count(draft, now, known)).toEqual({
          total: rows.length,
          canAccess: ticked.filter((h) => h.canAccess).length,
          roundRobin: ticked.filter((h) => h.roundRobin).length,
        })
      }
    }
  })

  test('never shows round robin without access, whatever others change meanwhile', () => {
    for (const seed of runs) {
      const c = chance(seed)
      const rows = rowsOf(c, 6)
      let draft: Draft = nothing
      for (let step = 0; step < 20; step++) {
        const row = rows[c.below(rows.length)]
        const field = fields[c.below(2)] ?? 'canAccess'
        if (row) draft = c.below(6) > 0 ? set(draft, row, field, c.yes()) : setAll(draft, field, c.yes())
        const meanwhile = rowsOf(c, 6)
        const shown = meanwhile.map((r) => drafted(draft, r))
        expect(shown.filter((has) => has.roundRobin && !has.canAccess)).toEqual([])
        expect(meanwhile.map((r) => applied(changeInput(draft), r))).toEqual(shown)
      }
    }
  })

  test('is empty again once every tick was taken back', () => {
    for (const seed of runs) {
      const c = chance(seed)
      const rows = rowsOf(c, 5).map((row) => ({ ...row, roundRobin: false, mayRemove: true }))
      let draft: Draft = nothing
      for (let step = 0; step < 15; step++) {
        const row = rows[c.below(rows.length)]
        if (row) draft = set(draft, row, fields[c.below(2)] ?? 'canAccess', c.yes())
      }
      for (const row of rows) draft = set(set(draft, row, 'roundRobin', false), row, 'canAccess', row.canAccess)
      expect(isEmpty(draft)).toBe(true)
      expect(changeInput(draft)).toEqual({ all: null, changes: [] })
    }
  })

  test('reaches campaigns that were never loaded', () => {
    const draft = set(setAll(nothing, 'roundRobin', true), row('seen'), 'canAccess', false)
    const unseen = row('unseen')
    expect(drafted(draft, unseen)).toEqual({ canAccess: true, roundRobin: true })
    expect(changes(draft, unseen)).toBe(true)
    expect(count(draft, { total: 100_000, canAccess: 3, roundRobin: 0 }, new Map([['seen', row('seen')]]))).toEqual({
      total: 100_000,
      canAccess: 99_999,
      roundRobin: 99_999,
    })
    expect(changeInput(draft)).toEqual({
      all: { canAccess: true, roundRobin: true, except: [] },
      changes: [{ campaign: 'seen', canAccess: false, roundRobin: false }],
    })
  })

  test('keeps the access of owners and of who made the campaign', () => {
    const mine: Row = { id: 'mine', canAccess: true, roundRobin: true, mayRemove: false }
    expect(drafted(setAll(nothing, 'canAccess', false), mine)).toEqual({ canAccess: true, roundRobin: false })
    expect(drafted(set(nothing, mine, 'canAccess', false), mine).canAccess).toBe(true)
    const draft = set(setAll(nothing, 'canAccess', false), row('other'), 'canAccess', true)
    const now = { total: 10, canAccess: 6, roundRobin: 2 }
    expect(count(draft, now, new Map([['other', row('other')]]), 3)).toEqual({ total: 10, canAccess: 4, roundRobin: 0 })
  })

  test('is no change where others have done the same meanwhile, and keeps what was ticked', () => {
    const draft = set(nothing, row('a'), 'canAccess', true)
    expect(changes(draft, row('a'))).toBe(true)
    expect(changes(draft, { ...row('a'), canAccess: true })).toBe(false)
    expect(changeInput(draft).changes).toEqual([{ campaign: 'a', canAccess: true }])
  })
})

describe('draft for several people', () => {
  test('gives what is ticked and takes nothing away', () => {
    for (const seed of runs) {
      const c = chance(seed)
      const rows = Array.from({ length: 6 }, (_, i) => row(`c${i}`))
      let draft: Draft = nothing
      for (let step = 0; step < 20; step++) {
        const r = rows[c.below(rows.length)]
        const field = fields[c.below(2)] ?? 'canAccess'
        if (r) draft = c.below(8) > 0 ? set(draft, r, field, c.yes()) : setAll(draft, field, c.yes())
        const input = grantInput(draft)
        const given = rows.map(({ id }) => {
          if (input.roundRobin.includes(id)) return { canAccess: true, roundRobin: true }
          if (input.campaigns.includes(id)) return { canAccess: true, roundRobin: false }
          const byAll = input.all !== null && !input.all.except.includes(id)
          return { canAccess: byAll, roundRobin: byAll && input.all?.roundRobin === true }
        })
        expect(given, `run ${seed}, step ${step}`).toEqual(rows.map((one) => drafted(draft, one)))
      }
    }
  })
})

function row(id: string): Row {
  return { id, canAccess: false, roundRobin: false, mayRemove: true }
}

function plain(has: Has | undefined): Has {
  return { canAccess: has?.canAccess ?? false, roundRobin: has?.roundRobin ?? false }
}
