// What every item has, of whatever kind, and what the viewer may do with it.

import { useMemo } from 'react'
import { graphql } from '../../api/gql'
import type { ItemKind, ItemRowFragment } from '../../api/gql/graphql'
import { useInsider } from '../../app/session'

graphql(`
  fragment ItemRow on Item {
    id
    kind
    name
    audience
    myLevel
    version
    changedAt
    archivedAt
    deletedAt
    creator {
      id
    }
    changedBy {
      id
      firstName
      lastName
    }
  }
`)

/** An item in a list. Queries ask for it with `...ItemRow`. */
export type ItemRow = ItemRowFragment

/** Where an item of a kind opens. */
export const itemPage = { CAMPAIGN: '/campaigns/$id', TEMPLATE: '/templates/$id', CONTACT_LIST: '/lists/$id', BLACKLIST: '/blacklists/$id' } as const

/** Where all items of a kind are. */
export const listPage = { CAMPAIGN: '/campaigns', TEMPLATE: '/templates', CONTACT_LIST: '/lists', BLACKLIST: '/blacklists' } as const

/** What the viewer's role allows. The server decides; this is for what to offer. */
export interface Rights {
  /** Make a new one, or a copy. Members make no campaigns. */
  create(kind: ItemKind): boolean
  /** Archive, delete, restore, and say who a campaign is from and goes to: an owner, the creator, or a manager who may change it. */
  configure(item: Pick<ItemRow, 'myLevel' | 'creator'>): boolean
}

/** What the viewer may do with items. */
export function useRights(): Rights {
  const { collaborator } = useInsider()
  const { id, role } = collaborator
  return useMemo(
    () => ({
      create: (kind) => kind !== 'CAMPAIGN' || role !== 'MEMBER',
      configure: (item) => role === 'OWNER' || item.creator?.id === id || (role === 'MANAGER' && item.myLevel === 'EDIT'),
    }),
    [id, role],
  )
}
