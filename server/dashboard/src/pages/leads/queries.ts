// What the pages of leads read and change.

import { graphql } from '../../api/gql'
import type { LeadOpenQuery, LeadsQuery } from '../../api/gql/graphql'

export const LEADS = graphql(`
  query Leads($first: Int!, $skip: Int!, $filter: LeadFilter) {
    leads(first: $first, skip: $skip, filter: $filter) {
      totalCount
      edges {
        node {
          id
          name
          email
          phone
          source
          state
          createdAt
          assignee {
            id
            firstName
            lastName
          }
          campaign {
            id
            name
            myLevel
          }
        }
      }
    }
  }
`)

/** A lead in the list. */
export type LeadRow = LeadsQuery['leads']['edges'][number]['node']

export const LEAD = graphql(`
  query LeadOpen($id: ID!) {
    node(id: $id) {
      __typename
      ... on Lead {
        id
        name
        email
        phone
        source
        fields {
          name
          value
        }
        state
        notes
        version
        createdAt
        assignedAt
        changedAt
        assignee {
          id
          firstName
          lastName
        }
        campaign {
          id
          name
          myLevel
        }
        duplicateOf {
          id
          name
          email
          phone
          createdAt
          assignee {
            id
            firstName
            lastName
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
          id
          firstName
          lastName
        }
      }
    }
  }
`)

type Opened = NonNullable<LeadOpenQuery['node']>

/** A lead in the panel, and why it is whose it is. */
export type Lead = Extract<Opened, { __typename: 'Lead' }>
export type Why = LeadOpenQuery['whyAssigned']

export const ALL_LEADS = graphql(`
  query AllLeads($first: Int!, $after: String, $filter: LeadFilter) {
    leads(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          state
          assignee {
            id
          }
          campaign {
            id
          }
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
        id
        state
        assignee {
          id
        }
        campaign {
          id
        }
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
          id
          firstName
          lastName
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
        id
        name
        myLevel
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
          id
          name
          myLevel
        }
      }
    }
    node(id: $chosen) {
      __typename
      ... on Campaign {
        id
        name
        myLevel
      }
    }
  }
`)

export const PERSON_CHOICES = graphql(`
  query PersonChoices($search: String, $chosen: ID!) {
    collaborators(first: 30, search: $search) {
      edges {
        node {
          id
          firstName
          lastName
          status
        }
      }
    }
    node(id: $chosen) {
      __typename
      ... on Collaborator {
        id
        firstName
        lastName
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
