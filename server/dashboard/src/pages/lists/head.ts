import { useQuery } from 'urql'
import { HEAD } from './query'

/**
 * What a list is called and what may be done with it, as the pages of its contacts have brought it: no request of its own.
 * Undefined until it is known; null where the list was deleted or is not the viewer's to see.
 */
export function useHead(list: string) {
  const [{ data }] = useQuery({ query: HEAD, variables: { list }, requestPolicy: 'cache-only' })
  if (!data) return undefined
  const { node } = data
  return node && 'contactCount' in node && node.deletedAt === null ? node : null
}

export type Head = NonNullable<ReturnType<typeof useHead>>
