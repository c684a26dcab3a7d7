// What is on the screen follows what others change: the server hints that something has, and what is shown is read again.

import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from 'react'
import { type UseQueryArgs, useQuery, useSubscription } from 'urql'
import { codeOf } from './client'
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

/** Calls back when the server hints that what is followed has changed, at most three times a second. */
export function useFollowing(follows: Follows, changed: () => void, pause = false) {
  const listen = useContext(Hints)
  const asked = useThrottle(changed, 300)
  const latest = useRef(follows)
  latest.current = follows
  useEffect(() => {
    if (pause) return
    return listen((hint) => {
      if (concerns(hint, latest.current)) asked()
    })
  }, [listen, asked, pause])
}

/** What a query is read again for: people, items and settings, or the rows of one item, or of any. */
export type Follows = 'workspace' | 'rows' | { rows: string }

interface LiveQuery<Data, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>
  variables: Variables
  follows?: Follows | undefined
  pause?: boolean | undefined
}

/** A query that is read again whenever what it shows may have changed. What was shown stays until the new answer has come,
 * and where there is none for want of a connection. What the server says is gone is gone, whatever the cache still has of it. */
export function useLiveQuery<Data, Variables extends AnyVariables>({ query, variables, follows = 'workspace', pause }: LiveQuery<Data, Variables>) {
  const context = useMemo(() => ({ requestPolicy: 'cache-and-network' as const }), [])
  const [{ data, error, fetching, stale, operation }, execute] = useQuery({ query, variables, pause: pause ?? false, context } as UseQueryArgs<Variables, Data>)
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  useFollowing(follows, refresh, pause)
  const kept = useRef<Kept<Data>>({})
  if (kept.current.key !== operation?.key) kept.current = { key: operation?.key }
  const fromCache = operation?.context.meta?.cacheOutcome === 'hit'
  if (error && codeOf(error) === 'NOT_FOUND') kept.current = { key: operation?.key, gone: error }
  else if (data !== undefined && !(kept.current.gone && fromCache)) kept.current = { key: operation?.key, data }
  const { gone, data: shown } = kept.current
  return {
    data: shown,
    error: gone ?? (shown === undefined || data !== undefined ? error : undefined),
    loading: fetching && shown === undefined && !gone,
    busy: fetching || stale,
    refresh,
  }
}

/** What is known of one question. */
interface Kept<Data> {
  key?: number | undefined
  data?: Data
  gone?: CombinedError
}

function concerns(hint: Hint, follows: Follows): boolean {
  if (follows === 'workspace') return hint.workspace
  if (follows === 'rows') return hint.workspace || hint.buckets.size > 0
  return hint.workspace || hint.buckets.has(follows.rows)
}

/** Calls at once, and once more after the pause if it was called meanwhile. */
function useThrottle(call: () => void, pause: number) {
  const state = useRef<{ timer: number | undefined; again: boolean }>({ timer: undefined, again: false })
  const latest = useRef(call)
  latest.current = call
  useEffect(() => {
    const s = state.current
    return () => window.clearTimeout(s.timer)
  }, [])
  return useCallback(() => {
    const s = state.current
    if (s.timer !== undefined) {
      s.again = true
      return
    }
    const end = () => {
      s.timer = undefined
      if (!s.again) return
      s.again = false
      s.timer = window.setTimeout(end, pause)
      latest.current()
    }
    s.timer = window.setTimeout(end, pause)
    latest.current()
  }, [pause])
}
