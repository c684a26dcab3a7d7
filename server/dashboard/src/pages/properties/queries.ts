import { graphql } from '../../api/gql'
import type { PeopleOfItemQuery } from '../../api/gql/graphql'

/** The people who see an item, or those who do not, by name. */
export const PEOPLE = graphql(`
  query PeopleOfItem($item: ID!, $which: PropertiesFilter!, $first: Int!, $skip: Int, $after: String, $search: String) {
    properties(item: $item) {
      people(first: $first, skip: $skip, after: $after, search: $search, which: $which) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            level
            reason
            collaborator {
              id
              email
              firstName
              lastName
            }
          }
        }
      }
    }
  }
`)

/** A person and what they may do with the item. */
export type Onlooker = PeopleOfItemQuery['properties']['people']['edges'][number]['node']

/** How many people see the item, and how many do not. */
export const COUNTS = graphql(`
  query PeopleOfItemCounts($item: ID!, $hidden: Boolean!) {
    properties(item: $item) {
      seen: people(first: 1) {
        totalCount
      }
      unseen: people(first: 1, which: CANNOT_SEE) @include(if: $hidden) {
        totalCount
      }
    }
  }
`)
