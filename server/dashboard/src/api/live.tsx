// What is on the screen follows what others change: the server hints that something has, and what is shown is read again.

import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { type UseQueryArgs, useClient, useQuery, useSubscription } from 'urql'
import { codeOf, refuses } from './client'
import { graphql } from './gql'

const CHANGED = graphql(`
  subscription Changed {
    changed {
      workspace
      buckets
    }
  }
`)

/** A hint: people, items or settings have changed, or the rows of these items. */
interface Hint {
  workspace: boolean
  buckets: ReadonlySet<string>
}

type Listener = (hint: Hint) => void

const Hints = createContext<(listener: Listener) => () => void>(() => () => {})

/** Passes the server's hints on to the queries below it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>())
  const listen = useCallback((listener: Listener) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])
  const first = useRef(true)
  useSubscription({ query: CHANGED }, (_, said) => {
    const { changed } = said
    // The first event of a connection comes at once. What was on the screen before may be old by then.
    const hint = { workspace: changed.workspace || !first.current, buckets: new Set(changed.buckets) }
    first.current = false
    for (const listener of [...listeners.current]) listener(hint)
    return said
  })
  return <Hints.Provider value={listen}>{children}</Hints.Provider>
}

/** How reading goes: whether it is on its way, and whether the last one failed. */
export interface Reading {
  busy: boolean
  failed: boolean
  pause?: boolean | undefined
}

/** Reads again when the server hints that what is followed has changed, at most three times a second and never twice at once: of two
 * answers on their way the older may come last. What could not be read is tried again, for the hint comes only once. */
export function useFollowing(follows: Follows, read: () => void, { busy, failed, pause = false }: Reading) {
  const listen = useContext(Hints)
  const latest = useRef({ follows, read })
  latest.current = { follows, read }
  const [due, setDue] = useState(false)
  const tries = useRef(0)
  useEffect(() => {
    if (pause) return
    return listen((hint) => {
      if (concerns(hint, latest.current.follows)) setDue(true)
    })
  }, [listen, pause])
  const readAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (!due || busy || pause) return
    const wait = readAt.current + spacing - performance.now()
    const timer = window.setTimeout(() => {
      readAt.current = performance.now()
      setDue(false)
      latest.current.read()
    }, wait)
    return () => window.clearTimeout(timer)
  }, [due, busy, pause])
  useEffect(() => {
    if (busy || pause) return
    if (!failed) tries.current = 0
    else {
      const timer = window.setTimeout(() => setDue(true), Math.min(1_000 * 2 ** tries.current++, 30_000))
      return () => window.clearTimeout(timer)
    }
  }, [busy, failed, pause])
}

/** How far apart two readings are, in milliseconds. */
const spacing = 300

/** What a query is read again for: people, items and settings, or the rows of one item, or of any. */
export type Follows = 'workspace' | 'rows' | { rows: string }

interface LiveQuery<Data, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>
  variables: Variables
  follows?: Follows | undefined
  pause?: boolean | undefined
}

/** A query that is read again whenever what it shows may have changed. What was shown stays until the new answer has come,
 * and where there is none for want of a connection. */
export function useLiveQuery<Data, Variables extends AnyVariables>({ query, variables, follows = 'workspace', pause }: LiveQuery<Data, Variables>) {
  const context = useMemo(() => ({ requestPolicy: 'cache-and-network' as const }), [])
  const [{ data, error, fetching, operation }] = useQuery({ query, variables, pause: pause ?? false, context } as UseQueryArgs<Variables, Data>)
  const [refresh, refreshing] = useRefresh(query, variables)
  const busy = fetching || refreshing
  useFollowing(follows, refresh, { busy, failed: error !== undefined && passing(error), pause })
  const kept = useRef<{ key?: number | undefined; data?: Data | undefined }>({})
  const refused = error !== undefined && refuses(error)
  if (kept.current.key !== operation?.key || data !== undefined || refused) kept.current = { key: operation?.key, data: refused ? undefined : data }
  const shown = kept.current.data
  return {
    data: shown,
    error: shown === undefined || data !== undefined || refused ? error : undefined,
    loading: fetching && shown === undefined && !refused,
    busy,
    refresh,
  }
}

/** Returns a function that reads the answer to a query anew, for all that show it, and whether it is on its way. */
export function useRefresh<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables) {
  const client = useClient()
  const asked = useRef(variables)
  asked.current = variables
  const [underWay, setUnderWay] = useState(0)
  const refresh = useCallback(async () => {
    setUnderWay((n) => n + 1)
    await client.query(query, asked.current, { requestPolicy: 'network-only' }).toPromise()
    setUnderWay((n) => n - 1)
  }, [client, query])
  return [refresh, underWay > 0] as const
}

/** Whether a failure may be over when one asks again. */
export function passing(error: CombinedError): boolean {
  return ['AWAY', 'INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED'].includes(codeOf(error))
}

function concerns(hint: Hint, follows: Follows): boolean {
  if (follows === 'workspace') return hint.workspace
  if (follows === 'rows') return hint.workspace || hint.buckets.size > 0
  return hint.workspace || hint.buckets.has(follows.rows)
}
