// What is on the screen follows what others change: the server hints that something has, and what is shown is read again.

import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { type UseQueryArgs, useClient, useQuery } from 'urql'
import { codeOf, refuses } from './client'
import { graphql } from './gql'

const CHANGED = graphql(`
  subscription Changed {
    changed {
      workspace
    }
  }
`)

const Hints = createContext<(listener: () => void) => () => void>(() => () => {})

/** Passes the server's hints on to the queries below it. The first hint of a connection comes at once: what was on the screen
 * before may be old by then. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useClient()
  const listeners = useRef(new Set<() => void>())
  const listen = useCallback((listener: () => void) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])
  useEffect(() => {
    let timer: number | undefined
    let end = () => {}
    const begin = () => {
      end = client.subscription(CHANGED, {}).subscribe(({ error }) => {
        for (const listener of [...listeners.current]) listener()
        // The server ended it, and the connection stands: it is asked for again.
        if (error) timer = window.setTimeout(again, 2_000)
      }).unsubscribe
    }
    const again = () => {
      end()
      begin()
    }
    begin()
    return () => {
      window.clearTimeout(timer)
      end()
    }
  }, [client])
  return <Hints.Provider value={listen}>{children}</Hints.Provider>
}

/** How reading goes: whether it is on its way, and whether the last one failed. */
interface Reading {
  busy: boolean
  failed: boolean
  pause?: boolean | undefined
}

/** Reads again when the server hints that something has changed, at most three times a second and never twice at once: of two
 * answers on their way the older may come last. What could not be read is tried again, for the hint comes only once. */
export function useFollowing(read: () => void, { busy, failed, pause = false }: Reading) {
  const listen = useContext(Hints)
  const latest = useRef(read)
  latest.current = read
  const [due, setDue] = useState(false)
  const tries = useRef(0)
  useEffect(() => {
    if (!pause) return listen(() => setDue(true))
  }, [listen, pause])
  const readAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (!due || busy || pause) return
    const wait = readAt.current + spacing - performance.now()
    const timer = window.setTimeout(() => {
      readAt.current = performance.now()
      setDue(false)
      latest.current()
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

interface LiveQuery<Data, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>
  variables: Variables
  pause?: boolean | undefined
}

/** A query that is read again whenever what it shows may have changed. What was shown stays until the new answer has come,
 * and where there is none for want of a connection. */
export function useLiveQuery<Data, Variables extends AnyVariables>({ query, variables, pause }: LiveQuery<Data, Variables>) {
  const context = useMemo(() => ({ requestPolicy: 'cache-and-network' as const }), [])
  const [{ data, error: latestError, fetching, operation }] = useQuery({ query, variables, pause: pause ?? false, context } as UseQueryArgs<Variables, Data>)
  const [refresh, refreshing] = useRefresh(query, variables)
  const busy = fetching || refreshing
  const error = fetching ? undefined : latestError // which is of the variables before
  useFollowing(refresh, { busy, failed: error !== undefined && passing(error), pause })
  const kept = useRef<{ key?: number | undefined; data?: Data | undefined }>({})
  const refused = error !== undefined && refuses(error)
  if (kept.current.key !== operation?.key || data !== undefined || refused) kept.current = { key: operation?.key, data: refused ? undefined : data }
  const shown = kept.current.data
  return {
    data: shown,
    error: shown === undefined || data !== undefined || refused ? error : undefined,
    loading: fetching && shown === undefined,
    busy,
    refresh,
  }
}

/** Returns a function that reads the answer to a query anew, for all that show it, and whether it is on its way. */
function useRefresh<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables) {
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
