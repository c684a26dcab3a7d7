import { useQuery } from 'urql'
import { BLACKLIST_HEAD } from './query'

/**
 * What a blacklist is called and what may be done with it, as the pages of its entries have brought it: no request of its
 * own. Undefined until it is known; null where it was deleted or is not the viewer's to see.
 */
export function useBlacklistHead(blacklist: string) {
  const [{ data }] = useQuery({ query: BLACKLIST_HEAD, variables: { blacklist }, requestPolicy: 'cache-only' })
  if (!data) return undefined
  const { node } = data
  return node && 'entryCount' in node && node.deletedAt === null ? node : null
}
