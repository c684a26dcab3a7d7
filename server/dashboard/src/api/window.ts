// A long list of which only what is on the screen is fetched, wherever that is: the scroll bar can be dragged to the end of
// a hundred thousand rows at once.

import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useClient } from 'urql'
import { passing, useFollowing } from './live'

/** A page of a connection. */
interface Connection<Node> {
  edges: { node: Node }[]
  totalCount: number
}

interface Ask<Data, Variables extends AnyVariables, Node> {
  /** Takes `first` and `skip`. */
  query: TypedDocumentNode<Data, Variables>
  /** What else it takes. */
  variables: Omit<Variables, 'first' | 'skip'>
  /** Where the answer has the page. */
  pick(data: Data): Connection<Node> | null | undefined
  /** Called with each answer, for what it has beside the page. */
  answered?(data: Data): void
  pause?: boolean
}

/** A list as far as it is known. */
export interface ListWindow<Node> {
  /** How many rows there are in all; undefined until the first answer. */
  total: number | undefined
  /** The row at an index, undefined while it is on its way. */
  row(index: number): Node | undefined
  /** Says which rows are on the screen, the last one excluded. */
  show(from: number, to: number): void
  error: CombinedError | undefined
  /** Which list it is: of other variables it is another one, which begins at its top. */
  key: string
  /** The list is another than a moment ago, and what is shown is still of the old one. */
  changing: boolean
  /** Reads again what is on the screen. */
  refresh(): void
}

/** How many rows are asked for at once. */
const size = 50

interface Pages<Node> {
  key: string
  pages: ReadonlyMap<number, readonly Node[]>
  total: number | undefined
}

/** Shows a connection by index. Where the variables change, the old rows stay until the first new ones have come. */
export function useWindow<Data, Variables extends AnyVariables, Node>(ask: Ask<Data, Variables, Node>): ListWindow<Node> {
  const client = useClient()
  const key = JSON.stringify(ask.variables)
  const latest = useRef(ask)
  latest.current = ask
  const [known, setKnown] = useState<Pages<Node>>({ key, pages: new Map(), total: undefined })
  const shown = useRef(known)
  shown.current = known
  const [failure, setFailure] = useState<{ key: string; error: CombinedError | undefined }>()
  const [range, setRange] = useState({ key, from: 0, to: 1 })
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)
  const pause = ask.pause ?? false

  const took = useCallback((of: string, page: number, data: Data) => {
    const connection = latest.current.pick(data)
    if (!connection) return
    latest.current.answered?.(data)
    setKnown((before) => {
      const pages = new Map(before.key === of ? before.pages : [])
      pages.set(
        page,
        connection.edges.map((e) => e.node),
      )
      return { key: of, pages, total: connection.totalCount }
    })
  }, [])

  const { from, to } = range.key === key ? range : { from: 0, to: 1 }
  const first = Math.floor(from / size)
  const last = Math.floor(Math.max(from, to - 1) / size)
  useEffect(() => {
    setBusy(!pause)
    if (pause) return
    const ends: (() => void)[] = []
    let left = last - first + 1
    let failed: CombinedError | undefined
    for (let page = first; page <= last; page++) {
      const variables = { ...latest.current.variables, first: size, skip: page * size } as unknown as Variables
      const { unsubscribe } = client
        .query(latest.current.query, variables, {
          requestPolicy: shown.current.key === key && shown.current.pages.has(page) ? 'network-only' : 'cache-and-network',
        })
        .subscribe((result) => {
          if (result.data) took(key, page, result.data)
          if (result.stale) return // the answer is still on its way
          failed ??= result.error
          if (--left > 0) return
          setFailure({ key, error: failed })
          setBusy(false)
        })
      ends.push(unsubscribe)
    }
    return () => {
      for (const end of ends) end()
    }
  }, [client, key, first, last, round, pause, took])

  const error = failure?.key === key ? failure.error : undefined
  const refresh = useCallback(() => setRound((n) => n + 1), [])
  useFollowing(refresh, { busy, failed: error !== undefined && passing(error), pause })

  const show = useCallback((from: number, to: number) => setRange((r) => (r.key === key && r.from === from && r.to === to ? r : { key, from, to })), [key])
  return useMemo(
    () => ({
      total: known.total,
      row: (index) => known.pages.get(Math.floor(index / size))?.[index % size],
      show,
      key,
      error: known.total === undefined || known.key !== key ? error : undefined,
      changing: known.key !== key,
      refresh,
    }),
    [known, show, error, key, refresh],
  )
}
