// What becomes of what is being written here when others change the same item meanwhile, field by field. Pure.

/** A field: a text, or the ids of what is named. */
export type Value = string | readonly string[]
export type Values = Readonly<Record<string, Value>>

/** An item as the server has it. */
export interface Stored {
  version: number
  values: Values
}

/** An item as it is being written. */
export interface Draft {
  /** The version that it is based on. */
  version: number
  /** What the server has. */
  base: Values
  /** What is written here. */
  mine: Values
  /** Fields that others have changed as well as we have, each with the value that both began with. They wait for a decision. */
  clashes: Values
}

/** Fields that only mean something together: they clash, and are decided on, as the last of them. */
const together: readonly (readonly string[])[] = [['format', 'body']]

export function begin({ version, values }: Stored): Draft {
  return { version, base: values, mine: values, clashes: {} }
}

/** Sets a field here. */
export function write(draft: Draft, field: string, value: Value): Draft {
  return settle({ ...draft, mine: { ...draft.mine, [field]: value } })
}

/** Takes what the server has now: fields that were not touched here follow it, those that were are kept, and clash where it has changed them too. */
export function rebase(draft: Draft, { version, values }: Stored): { draft: Draft; taken: string[] } {
  const mine = { ...draft.mine }
  const clashes = { ...draft.clashes }
  const taken: string[] = []
  for (const unit of units(values)) {
    const moved = unit.some((f) => !same(draft.base[f], values[f]))
    const touched = unit.some((f) => !same(draft.base[f], mine[f]))
    if (!moved) continue
    if (!touched) {
      for (const f of unit) {
        if (!same(mine[f], values[f])) taken.push(f)
        mine[f] = values[f] ?? ''
      }
      continue
    }
    const name = unit.at(-1) ?? ''
    if (unit.some((f) => !same(mine[f], values[f]))) clashes[name] ??= draft.base[name] ?? ''
  }
  return { draft: settle({ version, base: values, mine, clashes }), taken }
}

/** Takes the server's answer to having sent fields: those in `refused` clash, the others are as it has them now. */
export function accept(draft: Draft, sent: Values, refused: readonly string[], stored: Stored): Draft {
  const base = { ...draft.base }
  const mine = { ...draft.mine }
  const clashes = { ...draft.clashes }
  for (const [field, value] of Object.entries(sent)) {
    if (refused.includes(field)) {
      const name =
        units(sent)
          .find((unit) => unit.includes(field))
          ?.at(-1) ?? field
      clashes[name] ??= draft.base[name] ?? ''
      continue
    }
    const now = stored.values[field] ?? ''
    base[field] = now
    if (same(mine[field], value)) mine[field] = now
  }
  return rebase({ ...draft, base, mine, clashes }, stored).draft
}

/** Decides on a clash: with this value, over what the server has. */
export function decide(draft: Draft, field: string, value: Value): Draft {
  const { [field]: _, ...clashes } = draft.clashes
  const unit = together.find((u) => u.includes(field)) ?? []
  const rest = same(value, draft.base[field]) ? Object.fromEntries(unit.filter((f) => f in draft.base).map((f) => [f, draft.base[f] ?? ''])) : {}
  return { ...draft, clashes, mine: { ...draft.mine, ...rest, [field]: value } }
}

/** What is to be sent: the fields that are not as the server has them. */
export function changes(draft: Draft): Values {
  return Object.fromEntries(Object.entries(draft.mine).filter(([field, value]) => !same(value, draft.base[field])))
}

/** A clash whose sides have become equal is none. */
function settle(draft: Draft): Draft {
  const clashes = Object.fromEntries(
    Object.entries(draft.clashes).filter(([field]) =>
      (units(draft.mine).find((u) => u.includes(field)) ?? []).some((f) => !same(draft.mine[f], draft.base[f])),
    ),
  )
  return { ...draft, clashes }
}

function units(values: Values): (readonly string[])[] {
  const bound = together.map((unit) => unit.filter((f) => f in values)).filter((unit) => unit.length > 0)
  const alone = Object.keys(values).filter((f) => !bound.some((unit) => unit.includes(f)))
  return [...bound, ...alone.map((f) => [f])]
}

/** Whether two values are the same; of what is named, in whatever order. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.length === b.length && [...a].sort().join() === [...b].sort().join()
}
