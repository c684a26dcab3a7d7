import { graphql } from '../../api/gql'
import type { PendingInvitationsQuery } from '../../api/gql/graphql'

/** What of an invitation can be changed. */
graphql(`
  fragment InvitationTerms on Invitation {
    id
    firstName
    lastName
    role
    canSend
    canExport
    accessCount
  }
`)

/** Invitations that are not accepted yet. */
export const INVITATIONS = graphql(`
  query PendingInvitations($first: Int!, $skip: Int!, $search: String) {
    invitations(first: $first, skip: $skip, search: $search) {
      totalCount
      edges {
        node {
          ...InvitationTerms
          email
          sentAt
          expiresAt
          expired
          invitedBy {
            id
            firstName
            lastName
          }
        }
      }
    }
  }
`)

/** Someone who is asked to join. */
export type Invitation = PendingInvitationsQuery['invitations']['edges'][number]['node']

/** What an invitation gives. */
export const PROMISED = graphql(`
  query PromisedAccess($id: ID!) {
    node(id: $id) {
      __typename
      ... on Invitation {
        id
        accessCount
        access {
          level
          roundRobin
          item {
            id
            kind
            name
          }
        }
      }
    }
  }
`)

export const INVITE = graphql(`
  mutation Invite($input: InviteInput!) {
    invite(input: $input) {
      invitation {
        id
      }
      errors {
        field
        message
      }
    }
  }
`)

export const CHANGE_INVITATION = graphql(`
  mutation ChangeInvitation($input: ChangeInvitationInput!) {
    changeInvitation(input: $input) {
      invitation {
        ...InvitationTerms
      }
      errors {
        field
        message
      }
    }
  }
`)

export const RESEND = graphql(`
  mutation ResendInvitation($input: InvitationInput!) {
    resendInvitation(input: $input) {
      invitation {
        id
        sentAt
        expiresAt
        expired
      }
      errors {
        message
      }
    }
  }
`)

export const WITHDRAW = graphql(`
  mutation WithdrawInvitation($input: InvitationInput!) {
    withdrawInvitation(input: $input) {
      withdrawnInvitationId
      errors {
        message
      }
    }
  }
`)
