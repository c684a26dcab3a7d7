// Who is signed in, and which account is open.

import type { CombinedError } from '@urql/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { Provider as ClientProvider, useQuery } from 'urql'
import { type Api, codeOf, createApi, type Line } from '../api/client'
import { graphql } from '../api/gql'
import type { ViewerQuery } from '../api/gql/graphql'
import { useLiveQuery } from '../api/live'

const VIEWER = graphql(`
  query Viewer {
    viewer {
      user {
        id
        email
        firstName
        lastName
        locale
      }
      account {
        id
        name
        defaultAudience
        timeZone
        version
      }
      collaborator {
        id
        role
        canSend
        canExport
        awayUntil
      }
      accounts {
        account {
          id
          name
        }
        role
        lastVisitAt
      }
    }
  }
`)

const nothing = {}

export type Viewer = ViewerQuery['viewer']

/** A viewer who has opened an account: all that works within it may rely on both. */
export type Insider = Viewer & { account: NonNullable<Viewer['account']>; collaborator: NonNullable<Viewer['collaborator']> }

export interface Session {
  /** Undefined until it is known; null where nobody is signed in. */
  viewer: Viewer | null | undefined
  /** Why that could not be found out. */
  error: CombinedError | undefined
  /** Somebody was signed in here, and the session was ended: by an owner, in another window, by its age. */
  ended: boolean
  line: Line
  /** Begins anew with whoever is signed in now: after signing in or out, or opening another account, here or in another window. */
  renew(): void
  /** Whoever was signed in has left: the next one is not led to where they were. */
  left: boolean
  /** Renews after signing out. */
  leave(): void
  /** Asks again who is signed in. */
  refresh(): void
}

const Current = createContext<Session | null>(null)

/** Another window has signed in or out, or opened another account. */
const channelName = 'partage-session'

/** Provides a client of the API and the session to all below; nothing of a session that ended outlives it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [round, setRound] = useState(0)
  const [line, setLine] = useState<Line>('connecting')
  const [ended, setEnded] = useState(false)
  const [left, setLeft] = useState(false)
  const begin = useCallback(() => {
    setEnded(false)
    setLine('connecting')
    setRound((n) => n + 1)
  }, [])
  const channel = useRef<BroadcastChannel>(null) // one: another of this window would hear what this one says
  useEffect(() => {
    const open = new BroadcastChannel(channelName)
    open.onmessage = ({ data }) => {
      setLeft(data === 'left')
      begin()
    }
    channel.current = open
    return () => open.close()
  }, [begin])
  const say = useCallback(
    (what: 'renew' | 'left') => {
      channel.current?.postMessage(what)
      setLeft(what === 'left')
      begin()
    },
    [begin],
  )
  const ways = useMemo(() => ({ renew: () => say('renew'), leave: () => say('left') }), [say])
  return (
    <Round key={round} line={line} ended={ended} left={left} setLine={setLine} setEnded={setEnded} ways={ways}>
      {children}
    </Round>
  )
}

interface RoundProps {
  line: Line
  ended: boolean
  setLine(line: Line): void
  setEnded(ended: boolean): void
  left: boolean
  ways: Pick<Session, 'renew' | 'leave'>
  children: ReactNode
}

function Round({ setLine, setEnded, children, ...known }: RoundProps) {
  const [api, setApi] = useState<Api | null>(null)
  useEffect(() => {
    let over = false // a late answer to a session that was left says nothing about the one after it
    const made = createApi({ line: (state) => over || setLine(state), signedOut: () => over || setEnded(true) })
    setApi(made)
    return () => {
      over = true
      made.close()
    }
  }, [setLine, setEnded])
  if (!api) return null
  return (
    <ClientProvider value={api.client}>
      <Known {...known}>{children}</Known>
    </ClientProvider>
  )
}

function Known({ line, ended, left, ways, children }: Omit<RoundProps, 'setLine' | 'setEnded'>) {
  const [{ data: answered, error, fetching }, execute] = useQuery({ query: VIEWER })
  const [data, keep] = useState(answered)
  if (answered && answered !== data) keep(answered) // a try that fails does not unsay who is signed in
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  const nobody = ended || (error !== undefined && codeOf(error) === 'UNAUTHENTICATED')
  const session = useMemo<Session>(
    () => ({
      viewer: nobody ? null : data?.viewer,
      error: nobody || fetching || data ? undefined : error,
      ended: nobody && data !== undefined && data !== null,
      line,
      left,
      ...ways,
      refresh,
    }),
    [nobody, data, error, fetching, line, left, ways, refresh],
  )
  return <Current value={session}>{children}</Current>
}

/** The session; only below a SessionProvider. */
export function useSession(): Session {
  const session = useContext(Current)
  if (!session) throw new Error('there is no SessionProvider above')
  return session
}

/** Keeps what is known of the viewer fresh: roles, rights and names change while one looks. Only within an account. */
export function useLiveViewer() {
  useLiveQuery({ query: VIEWER, variables: nothing })
}

/** Who is looking, and their account; only in pages that open with one. */
export function useInsider(): Insider {
  const { viewer } = useSession()
  if (!viewer?.account || !viewer.collaborator) throw new Error('no account is open')
  return viewer as Insider
}

/** Whether the viewer is an owner of the account. */
export function useOwner(): boolean {
  return useInsider().collaborator.role === 'OWNER'
}
