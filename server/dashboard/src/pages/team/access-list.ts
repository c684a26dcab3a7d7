// The campaigns in the access window: those of one person with what they have, or, for several people, all there are.

import { useCallback, useMemo, useRef, useState } from 'react'
import { graphql } from '../../api/gql'
import type { VisibilityReason } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { type ListWindow, useWindow } from '../../api/window'
import type { Counts, Has, Row } from './draft'

const ONE = graphql(`
  query AccessOfOne($person: ID!, $first: Int!, $skip: Int!, $search: String) {
    campaignAccess(collaborator: $person, first: $first, skip: $skip, search: $search) {
      totalCount
      accessCount
      roundRobinCount
      edges {
        node {
          campaign {
            id
            name
            archivedAt
          }
          canAccess
          roundRobin
          reason
          mayRemove
        }
      }
    }
  }
`)

const COUNTS = graphql(`
  query AccessCounts($person: ID!) {
    campaignAccess(collaborator: $person, first: 1) {
      totalCount
      accessCount
      roundRobinCount
    }
  }
`)

const MANY = graphql(`
  query AccessOfMany($first: Int!, $skip: Int!, $search: String) {
    campaigns(first: $first, skip: $skip, search: $search, archive: ALL, orderBy: NAME) {
      totalCount
      edges {
        node {
          id
          name
          archivedAt
        }
      }
    }
  }
`)

const ALL = graphql(`
  query AccessOfManyCount {
    campaigns(first: 1, archive: ALL, orderBy: NAME) {
      totalCount
    }
  }
`)

/** A campaign in the window. */
export interface AccessRow extends Row {
  name: string
  archived: boolean
  /** Why they have access or not; undefined for several people. */
  reason?: VisibilityReason
}

/** The campaigns in the window, as they are on the server. */
export interface AccessList {
  list: ListWindow<AccessRow>
  /** Of the whole account, whatever is searched for. */
  counts: Counts | undefined
  /** All rows that were looked at, as they last were. */
  known: ReadonlyMap<string, AccessRow>
  /** Whether somebody else has changed a row since the window was opened or the selection reset. */
  foreign(row: AccessRow): boolean
  /** Shows the state on the server anew. */
  again(): void
}

/** How many letters the search filters from (T2). */
const fewestLetters = 2

/** What is searched for: nothing until there are two letters. */
export function searched(typed: string): string | null {
  const words = typed.trim()
  return [...words].length < fewestLetters ? null : words
}

/** The campaigns with what one person has: a collaborator, or somebody who is invited. */
export function useOneAccess(person: string, typed: string): AccessList {
  const search = searched(typed)
  const variables = useMemo(() => ({ person, search }), [person, search])
  const { known, foreign, take, forget } = useKnown()
  const [counts, setCounts] = useState<Counts>()
  const list = useWindow({
    query: ONE,
    variables,
    pick: ({ campaignAccess: page }) => ({ totalCount: page.totalCount, edges: page.edges.map(({ node }) => ({ node: rowOf(node) })) }),
    answered: ({ campaignAccess: page }) => {
      take(page.edges.map(({ node }) => rowOf(node)))
      if (!search) setCounts({ total: page.totalCount, canAccess: page.accessCount, roundRobin: page.roundRobinCount })
    },
  })
  const whole = useLiveQuery({ query: COUNTS, variables: { person }, pause: search === null })
  const counted = search === null || !whole.data ? counts : countsOf(whole.data.campaignAccess)
  const { refresh } = list
  const again = useCallback(() => {
    forget()
    refresh()
  }, [forget, refresh])
  return { list, counts: counted, known, foreign, again }
}

/** Every campaign of the account, for several people: nothing is ticked until somebody does. */
export function useManyAccess(typed: string): AccessList {
  const search = searched(typed)
  const variables = useMemo(() => ({ search }), [search])
  const { known, take } = useKnown()
  const [total, setTotal] = useState<number>()
  const list = useWindow({
    query: MANY,
    variables,
    pick: ({ campaigns: page }) => ({ totalCount: page.totalCount, edges: page.edges.map(({ node }) => ({ node: blank(node) })) }),
    answered: ({ campaigns: page }) => {
      take(page.edges.map(({ node }) => blank(node)))
      if (!search) setTotal(page.totalCount)
    },
  })
  const whole = useLiveQuery({ query: ALL, variables: {}, pause: search === null })
  const all = search === null || !whole.data ? total : whole.data.campaigns.totalCount
  const counts = all === undefined ? undefined : { total: all, canAccess: 0, roundRobin: 0 }
  return { list, counts, known, foreign: never, again: list.refresh }
}

const never = () => false

/** The rows that were looked at: as they are, and as they were when they were first shown. */
function useKnown() {
  const known = useRef(new Map<string, AccessRow>())
  const first = useRef(new Map<string, Has>())
  const take = useCallback((rows: AccessRow[]) => {
    for (const row of rows) {
      known.current.set(row.id, row)
      if (!first.current.has(row.id)) first.current.set(row.id, row)
    }
  }, [])
  const forget = useCallback(() => first.current.clear(), [])
  const foreign = useCallback((row: AccessRow) => {
    const was = first.current.get(row.id)
    return was !== undefined && (was.canAccess !== row.canAccess || was.roundRobin !== row.roundRobin)
  }, [])
  return { known: known.current, foreign, take, forget }
}

function rowOf(node: {
  campaign: { id: string; name: string; archivedAt?: string | null }
  canAccess: boolean
  roundRobin: boolean
  reason: VisibilityReason
  mayRemove: boolean
}): AccessRow {
  const { campaign, canAccess, roundRobin, reason, mayRemove } = node
  return { id: campaign.id, name: campaign.name, archived: Boolean(campaign.archivedAt), canAccess, roundRobin, reason, mayRemove }
}

function blank(campaign: { id: string; name: string; archivedAt?: string | null }): AccessRow {
  return { id: campaign.id, name: campaign.name, archived: Boolean(campaign.archivedAt), canAccess: false, roundRobin: false, mayRemove: true }
}

function countsOf(page: { totalCount: number; accessCount: number; roundRobinCount: number }): Counts {
  return { total: page.totalCount, canAccess: page.accessCount, roundRobin: page.roundRobinCount }
}
