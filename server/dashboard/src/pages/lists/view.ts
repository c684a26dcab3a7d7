// What the pages of a contact list and of a blacklist show of their rows.

import { useCallback, useState } from 'react'
import type { Selection } from '../../ui/rows'
import { none } from '../../ui/ticked'

export interface View<Row> {
  search: string
  /** Searches for what is typed. */
  setSearch(text: string): void
  /** Searches for a row, in place of whatever is typed. */
  find(text: string): void
  /** Another as often as something is searched for that was not typed. */
  round: number
  /** Which rows are ticked: none as soon as something else is searched for. */
  selection: Selection
  select(selection: Selection): void
  clear(): void
  /** Rows that were on the screen; whatever is ticked by itself is among them. */
  seen: ReadonlyMap<string, Row>
  note(rows: readonly Row[]): void
  /** Id of the row that is open at the side. */
  opened: string | undefined
  open(id: string | undefined): void
  /** The lines to be added, in the window for several. */
  pasted: string | undefined
  paste(text: string | undefined): void
}

/** What a page shows; at first all rows, none of them ticked or open. */
export function useView<Row extends { id: string }>(): View<Row> {
  const [{ text, round }, setSearched] = useState({ text: '', round: 0 })
  const [selection, select] = useState(none)
  const [opened, open] = useState<string>()
  const [pasted, paste] = useState<string>()
  const [seen] = useState(() => new Map<string, Row>())
  const clear = useCallback(() => select(none), [])
  const setSearch = useCallback((text: string) => {
    setSearched((before) => ({ ...before, text }))
    select(none)
  }, [])
  const find = useCallback((text: string) => {
    setSearched((before) => ({ text, round: before.round + 1 }))
    select(none)
  }, [])
  const note = useCallback(
    (rows: readonly Row[]) => {
      for (const row of rows) seen.set(row.id, row)
    },
    [seen],
  )
  return { search: text, setSearch, find, round, selection, select, clear, seen, note, opened, open, pasted, paste }
}
