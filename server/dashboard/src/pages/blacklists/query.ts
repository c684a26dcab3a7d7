// What the page of a blacklist reads and changes.

import { graphql } from '../../api/gql'
import type { EntriesQuery, EveryEntryQuery } from '../../api/gql/graphql'

graphql(`
  fragment BlacklistHead on Blacklist {
    ...ItemRow
    description
    entryCount
  }
`)

/** A page of the entries, and with it the blacklist itself: what it is called needs no request of its own. */
export const ENTRIES = graphql(`
  query Entries($blacklist: ID!, $first: Int!, $skip: Int!, $search: String) {
    node(id: $blacklist) {
      id
      ... on Blacklist {
        ...BlacklistHead
        entries(first: $first, skip: $skip, search: $search) {
          totalCount
          edges {
            node {
              ...EntryRow
            }
          }
        }
      }
    }
  }
`)

export const ENTRY_ROW = graphql(`
  fragment EntryRow on BlacklistEntry {
    id
    kind
    value
    reason
    note
    version
    createdAt
    changedAt
  }
`)

/** The blacklist as the pages above have read it. */
export const BLACKLIST_HEAD = graphql(`
  query BlacklistHead($blacklist: ID!) {
    node(id: $blacklist) {
      id
      ... on Blacklist {
        ...BlacklistHead
      }
    }
  }
`)

/** All entries that are found, for what is done to every one of them. */
export const EVERY_ENTRY = graphql(`
  query EveryEntry($blacklist: ID!, $first: Int!, $after: String, $search: String) {
    node(id: $blacklist) {
      id
      ... on Blacklist {
        entries(first: $first, after: $after, search: $search) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...EntryRow
            }
          }
        }
      }
    }
  }
`)

export const ONE_ENTRY = graphql(`
  query OneEntry($id: ID!) {
    node(id: $id) {
      id
      ... on BlacklistEntry {
        ...EntryRow
      }
    }
  }
`)

export const CREATE_ENTRY = graphql(`
  mutation CreateBlacklistEntry($input: CreateBlacklistEntryInput!) {
    createBlacklistEntry(input: $input) {
      entry {
        ...EntryRow
      }
      errors {
        ...Wrong
      }
    }
  }
`)

export const CHANGE_ENTRY = graphql(`
  mutation ChangeBlacklistEntry($input: ChangeBlacklistEntryInput!) {
    changeBlacklistEntry(input: $input) {
      entry {
        ...EntryRow
      }
      conflicts {
        field
        yours
        theirs
      }
      errors {
        ...Wrong
      }
    }
  }
`)

export const DELETE_ENTRY = graphql(`
  mutation DeleteBlacklistEntry($id: ID!) {
    deleteBlacklistEntry(input: { id: $id }) {
      deletedId
      errors {
        ...Wrong
      }
    }
  }
`)

export const CHANGE_BLACKLIST = graphql(`
  mutation ChangeBlacklist($input: ChangeBlacklistInput!) {
    changeBlacklist(input: $input) {
      blacklist {
        id
        name
        description
        version
      }
      conflicts {
        field
        yours
        theirs
      }
      errors {
        ...Wrong
      }
    }
  }
`)

/** The entries of an answer; none where the blacklist is gone. */
export function entriesOf(data: EntriesQuery) {
  return data.node && 'entries' in data.node ? data.node.entries : null
}

/** A page of EVERY_ENTRY. */
export function everyOf(data: EveryEntryQuery) {
  return data.node && 'entries' in data.node ? data.node.entries : { edges: [], pageInfo: { hasNextPage: false } }
}

export type Entry = NonNullable<ReturnType<typeof entriesOf>>['edges'][number]['node']
