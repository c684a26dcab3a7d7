// Which columns the table of a list has: chosen in this browser, for each list by itself, until its person signs out:
// names of fields are a list's own.

import { useCallback, useMemo, useState } from 'react'
import { keptAs } from '../../app/kept'
import type { Contact } from './query'

/** A column that can be left out: one that all lists have, or a field of this list's own. */
export interface Choice {
  id: string
  /** The name of the further field; undefined for what all lists have. */
  field?: string
}

export interface Columns {
  choices: Choice[]
  shown: ReadonlySet<string>
  show(shown: ReadonlySet<string>): void
  /** Takes note of the further fields of contacts. */
  note(contacts: readonly Contact[]): void
}

const common: Choice[] = [{ id: 'company' }, { id: 'city' }]

/** How many of its own fields a list shows at first. */
const atFirst = 1

/** The columns of a list. */
export function useColumnsKept(list: string): Columns {
  const [names, setNames] = useState<readonly string[]>([])
  const [kept, setKept] = useState(() => recall(list))
  const note = useCallback((contacts: readonly Contact[]) => {
    const seen = new Set(contacts.flatMap((c) => c.fields.map((f) => f.name)))
    setNames((before) => {
      const fresh = [...seen].filter((name) => !before.includes(name))
      return fresh.length > 0 ? [...before, ...fresh] : before
    })
  }, [])
  const show = useCallback(
    (shown: ReadonlySet<string>) => {
      localStorage.setItem(keyOf(list), JSON.stringify([...shown]))
      setKept(shown)
    },
    [list],
  )
  return useMemo(() => {
    const choices = [...common, ...names.map((field) => ({ id: `field:${field}`, field }))]
    const shown = kept ?? new Set(choices.slice(0, common.length + atFirst).map((c) => c.id))
    return { choices, shown, show, note }
  }, [names, kept, show, note])
}

const keyOf = (list: string) => keptAs('columns', list)

function recall(list: string): ReadonlySet<string> | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? 'null')
    return Array.isArray(kept) ? new Set(kept.filter((id) => typeof id === 'string')) : undefined
  } catch {
    return undefined
  }
}
