// The client of the GraphQL API. A session has one of its own, so that nothing of one account is ever shown in another.

import { Client, type CombinedError, fetchExchange, mapExchange, type OperationResult, subscriptionExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { CloseCode, createClient as createSocket, type Client as Socket } from 'graphql-ws'
import possibleTypes from './gql/possible-types'

/** Tells the server that the request comes from a page of its own: it is needed beside the cookie. */
export const clientHeader = { 'Partage-Client': 'dashboard' }

/** Whether the live connection stands. */
export type Line = 'connecting' | 'open' | 'lost'

/** A client and the connection that carries its subscriptions. */
export interface Api {
  client: Client
  /** Ends the live connection. */
  close(): void
}

/** What the owner of a client is told. */
export interface Listener {
  /** The session has ended: nobody is signed in any more. */
  signedOut(): void
  line(state: Line): void
}

/** Makes a client. The session travels in a cookie that scripts cannot read. */
export function createApi(listener: Listener): Api {
  const socket = openSocket(listener)
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin', cache: 'no-store', headers: clientHeader },
    exchanges: [
      mapExchange({
        onError(error) {
          if (codeOf(error) === 'UNAUTHENTICATED') listener.signedOut()
        },
        onResult: keepRefused(),
      }),
      cacheExchange({ ...possibleTypes, keys: keysOf, logger: quiet }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables, operationName, extensions }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, ...(variables && { variables }), operationName, extensions },
              { ...sink, error: (cause) => sink.error(cause) },
            ),
          }),
        }),
      }),
    ],
  })
  return { client, close: () => void socket.dispose() }
}

/** What is gone, or is not for the viewer any more, stays so until the server answers otherwise: the cache still has it, and would
 * answer with it as soon as anything near it is read. */
function keepRefused() {
  const refused = new Map<number, CombinedError>()
  return (result: OperationResult): OperationResult => {
    const { operation, error } = result
    const fromCache = operation.context.meta?.cacheOutcome === 'hit'
    const known = fromCache ? refused.get(operation.key) : undefined
    if (known) return { ...result, data: undefined, error: known }
    if (error && refuses(error)) refused.set(operation.key, error)
    else if (!fromCache) refused.delete(operation.key)
    return result
  }
}

/** Only what has an id of its own is shared between queries; pages, edges and outcomes belong to the query that asked. */
const keysOf = new Proxy({}, { get: () => (data: { id?: unknown }) => (typeof data.id === 'string' ? data.id : null), has: () => true })

/** Graphcache warns of what is meant here: most types have no key. */
const quiet = () => {}

function openSocket(listener: Listener): Socket {
  const address = new URL('/graphql', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  return createSocket({
    url: address.href,
    lazy: true,
    lazyCloseTimeout: 5_000,
    keepAlive: 20_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (tries) => new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** tries, 15_000) * (0.5 + Math.random() / 2))),
    shouldRetry: (cause) => !(cause instanceof CloseEvent && sessionEnded.includes(cause.code)),
    on: {
      connecting: () => listener.line('connecting'),
      connected: () => listener.line('open'),
      closed: (event) => {
        if (event instanceof CloseEvent && sessionEnded.includes(event.code)) listener.signedOut()
        else if (!(event instanceof CloseEvent && event.wasClean)) listener.line('lost')
      },
    },
  })
}

const sessionEnded: number[] = [CloseCode.Unauthorized, CloseCode.Forbidden]

/** The code of what went wrong, as the API says it; AWAY where no sensible answer came. */
export function codeOf(error: CombinedError): string {
  if (error.networkError) return 'AWAY'
  const code = error.graphQLErrors[0]?.extensions?.code
  return typeof code === 'string' ? code : 'INTERNAL'
}

/** Whether the server says no, to this question of this viewer, rather than that it could not answer. */
export function refuses(error: CombinedError): boolean {
  return ['NOT_FOUND', 'FORBIDDEN', 'BAD_USER_INPUT'].includes(codeOf(error))
}
