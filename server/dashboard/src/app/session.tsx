// Who is signed in, and which account is open.

import type { CombinedError } from '@urql/core'
import { createContext, type ReactNode, type RefObject, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
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
  /** Whether it was another window that opened an account, or signed in. */
  heard: boolean
  /** The account that this window showed last; whoever shows one keeps it so. */
  shown: RefObject<string | undefined>
  /** Renews after signing out. */
  leave(): void
  /** Asks again who is signed in. */
  refresh(): void
}

const Current = createContext<Session | null>(null)

/** Another window has signed in or out, or opened another account. */
const channelName = 'partage-session'

/** From a sign-in, or the opening of an account, to the next. */
interface Round extends Pick<Session, 'line' | 'ended' | 'left' | 'heard'> {
  number: number
}

const first: Round = { number: 0, line: 'connecting', ended: false, left: false, heard: false }

/** Provides a client of the API and the session to all below; nothing of a session that ended outlives it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [round, setRound] = useState(first)
  const begin = useCallback((what: Pick<Round, 'left' | 'heard'>) => setRound(({ number }) => ({ ...first, ...what, number: number + 1 })), [])
  const note = useCallback((what: Partial<Round>) => setRound((before) => ({ ...before, ...what })), [])
  const shown = useRef<string>(undefined)
  const channel = useRef<BroadcastChannel>(null) // one: another of this window would hear what this one says
  useEffect(() => {
    const open = new BroadcastChannel(channelName)
    open.onmessage = ({ data }) => begin({ left: data === 'left', heard: true })
    channel.current = open
    return () => open.close()
  }, [begin])
  const ways = useMemo(() => {
    const say = (what: 'renew' | 'left') => {
      channel.current?.postMessage(what)
      begin({ left: what === 'left', heard: false })
    }
    return { renew: () => say('renew'), leave: () => say('left'), shown }
  }, [begin])
  return (
    <Begun key={round.number} round={round} note={note} ways={ways}>
      {children}
    </Begun>
  )
}

interface BegunProps extends KnownProps {
  note(what: Partial<Round>): void
}

function Begun({ note, ...known }: BegunProps) {
  const [api, setApi] = useState<Api | null>(null)
  useEffect(() => {
    let over = false // a late answer to a session that was left says nothing about the one after it
    const made = createApi({ line: (line) => over || note({ line }), signedOut: () => over || note({ ended: true }) })
    setApi(made)
    return () => {
      over = true
      made.close()
    }
  }, [note])
  if (!api) return null
  return (
    <ClientProvider value={api.client}>
      <Known {...known} />
    </ClientProvider>
  )
}

interface KnownProps {
  round: Round
  ways: Pick<Session, 'renew' | 'leave' | 'shown'>
  children: ReactNode
}

function Known({ round, ways, children }: KnownProps) {
  const [{ data: answered, error, fetching }, execute] = useQuery({ query: VIEWER })
  const [data, keep] = useState(answered)
  if (answered && answered !== data) keep(answered) // a try that fails does not unsay who is signed in
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  const nobody = round.ended || (error !== undefined && codeOf(error) === 'UNAUTHENTICATED')
  const session = useMemo<Session>(
    () => ({
      ...round,
      ...ways,
      viewer: nobody ? null : data?.viewer,
      error: nobody || fetching || data ? undefined : error,
      ended: nobody && data !== undefined && data !== null,
      refresh,
    }),
    [round, nobody, data, error, fetching, ways, refresh],
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
