import { graphql } from '../../api/gql'

/** Everything that one may see and that is called so, in one request. */
export const PALETTE = graphql(`
  query Palette($search: String!) {
    items(first: 8, search: $search, archive: ALL) {
      edges {
        node {
          __typename
          id
          kind
          name
          archivedAt
        }
      }
    }
    team(first: 5, search: $search) {
      edges {
        node {
          __typename
          id
          firstName
          lastName
          email
          ... on Collaborator {
            status
          }
        }
      }
    }
    leads(first: 5, filter: { search: $search }) {
      edges {
        node {
          id
          name
          email
          phone
          campaign {
            id
            name
          }
        }
      }
    }
  }
`)

export const RECENT = graphql(`
  query Recent($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Item {
        id
        kind
        name
        archivedAt
        deletedAt
      }
      ... on Collaborator {
        id
        firstName
        lastName
        email
        status
      }
      ... on Lead {
        id
        name
        email
        phone
        campaign {
          id
          name
        }
      }
    }
  }
`)
