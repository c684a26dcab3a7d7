// What the pages of leads read and change.

import { graphql } from '../../api/gql'
import type { LeadChosenFragment, LeadOpenQuery, LeadRowFragment } from '../../api/gql/graphql'

graphql(`
  fragment PersonName on Collaborator {
    id
    firstName
    lastName
  }
`)

graphql(`
  fragment LeadCampaign on Campaign {
    id
    name
    myLevel
  }
`)

graphql(`
  fragment LeadRow on Lead {
    id
    name
    email
    phone
    source
    state
    createdAt
    assignee {
      ...PersonName
    }
    campaign {
      ...LeadCampaign
    }
  }
`)

graphql(`
  fragment LeadChosen on Lead {
    id
    state
    assignee {
      id
    }
    campaign {
      id
    }
  }
`)

export const LEADS = graphql(`
  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {
    leads(first: $first, skip: $skip, filter: $filter) {
      totalCount
      edges {
        node {
          ...LeadRow
        }
      }
    }
  }
`)

/** A lead in the list. */
export type LeadRow = LeadRowFragment

export const LEAD = graphql(`
  query LeadOpen($id: ID!) {
    node(id: $id) {
      __typename
      ... on Lead {
        ...LeadRow
        fields {
          name
          value
        }
        notes
        version
        assignedAt
        changedAt
        duplicateOf {
          id
          name
          email
          phone
          createdAt
          assignee {
            ...PersonName
          }
        }
      }
    }
    whyAssigned(lead: $id) {
      decision
      words
      at
      skipped {
        reason
        collaborator {
          ...PersonName
        }
      }
    }
  }
`)

type Opened = NonNullable<LeadOpenQuery['node']>

/** A lead in the panel, and why it is whose it is. */
export type Lead = Extract<Opened, { __typename: 'Lead' }>
export type Why = LeadOpenQuery['whyAssigned']

/** A lead as far as taking something back needs to know it. */
export type Chosen = LeadChosenFragment

export const ALL_LEADS = graphql(`
  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {
    leads(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          ...LeadChosen
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const SOME_LEADS = graphql(`
  query SomeLeads($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Lead {
        ...LeadChosen
      }
    }
  }
`)

export const CHANGE_LEAD = graphql(`
  mutation ChangeLead($input: ChangeLeadInput!) {
    changeLead(input: $input) {
      lead {
        id
        name
        email
        phone
        state
        notes
        version
        changedAt
      }
      conflicts {
        field
        yours
        theirs
      }
      errors {
        message
        field
      }
    }
  }
`)

export const SET_LEAD_STATE = graphql(`
  mutation SetLeadState($input: SetLeadStateInput!) {
    setLeadState(input: $input) {
      leads {
        id
        state
        version
        changedAt
      }
      errors {
        message
      }
    }
  }
`)

export const REASSIGN_LEADS = graphql(`
  mutation ReassignLeads($input: ReassignLeadsInput!) {
    reassignLeads(input: $input) {
      leads {
        id
        version
        assignedAt
        changedAt
        assignee {
          ...PersonName
        }
      }
      errors {
        message
      }
    }
  }
`)

export const DELETE_LEADS = graphql(`
  mutation DeleteLeads($input: DeleteLeadsInput!) {
    deleteLeads(input: $input) {
      deleted
      errors {
        message
      }
    }
  }
`)

export const WAITING = graphql(`
  query WaitingLeads {
    waitingLeads {
      count
      since
      reason
      campaign {
        ...LeadCampaign
      }
    }
    viewer {
      account {
        id
        memberLeads
      }
    }
  }
`)

export const ASSIGN_WAITING = graphql(`
  mutation AssignWaitingLeads($input: AssignWaitingLeadsInput!) {
    assignWaitingLeads(input: $input) {
      assigned
      job {
        id
      }
      rotation {
        waiting
        alert
      }
      errors {
        message
      }
    }
  }
`)

export const JOB = graphql(`
  subscription LeadJob($job: ID!) {
    jobProgress(job: $job) {
      id
      title
      state
      total
      done
      failed
      reason
      outcome {
        name
        label
        count
      }
    }
  }
`)

export const CAMPAIGN_CHOICES = graphql(`
  query CampaignChoices($search: String, $chosen: ID!) {
    campaigns(first: 30, search: $search, orderBy: NAME, archive: ALL) {
      edges {
        node {
          ...LeadCampaign
        }
      }
    }
    node(id: $chosen) {
      __typename
      ... on Campaign {
        ...LeadCampaign
      }
    }
  }
`)

export const PERSON_CHOICES = graphql(`
  query PersonChoices($search: String, $chosen: ID!) {
    collaborators(first: 30, search: $search) {
      edges {
        node {
          ...PersonName
          status
        }
      }
    }
    node(id: $chosen) {
      __typename
      ... on Collaborator {
        ...PersonName
        status
      }
    }
  }
`)

export const SEERS = graphql(`
  query CampaignSeers($campaign: ID!, $search: String) {
    properties(item: $campaign) {
      people(first: 30, search: $search) {
        edges {
          node {
            collaborator {
              id
              firstName
              lastName
              email
              awayUntil
            }
          }
        }
      }
    }
  }
`)
