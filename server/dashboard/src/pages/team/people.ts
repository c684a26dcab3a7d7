// The people of the team as the pages handle them: those in the account, and those who are invited.

import { graphql } from '../../api/gql'
import type { TeamPersonFragment } from '../../api/gql/graphql'

export const TEAM_PERSON = graphql(`
  fragment TeamPerson on Person {
    __typename
    id
    email
    firstName
    lastName
    role
    canSend
    canExport
    createdAt
    ... on Collaborator {
      status
      credits {
        period
        amount
      }
      lastVisitAt
      awayUntil
    }
    ... on Invitation {
      sentAt
      expiresAt
      expired
      accessCount
    }
  }
`)

export const roles = ['OWNER', 'MANAGER', 'MEMBER'] as const

/** Someone of the team. */
export type TeamMember = TeamPersonFragment
/** Someone in the account. */
export type Colleague = Extract<TeamMember, { __typename: 'Collaborator' }>
/** Someone who is invited. */
export type Invited = Extract<TeamMember, { __typename: 'Invitation' }>

export function isColleague(person: TeamMember): person is Colleague {
  return person.__typename === 'Collaborator'
}

/** A stock of sending credits. */
export type Credits = Pick<NonNullable<Colleague['credits']>, 'period' | 'amount'>

/** Where someone stands. */
export function statusOf(person: TeamMember): 'ACTIVE' | 'DEACTIVATED' | 'INVITED' | 'EXPIRED' {
  if (person.__typename === 'Collaborator') return person.status
  return person.expired ? 'EXPIRED' : 'INVITED'
}

/** Whether rotations skip someone now. */
export function isAway(person: TeamMember): boolean {
  return person.__typename === 'Collaborator' && typeof person.awayUntil === 'string' && Date.parse(person.awayUntil) > Date.now()
}
