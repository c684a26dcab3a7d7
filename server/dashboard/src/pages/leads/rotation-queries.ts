import { graphql } from '../../api/gql'
import type { RotationPageQuery } from '../../api/gql/graphql'

export const ROTATION = graphql(`
  query RotationPage($campaign: ID!) {
    rotation(campaign: $campaign) {
      campaign {
        ...LeadCampaign
      }
      paused
      people {
        collaborator {
          ...PersonName
          status
        }
        available
        awayUntil
        lastLeadAt
        openLeads
      }
      next {
        id
      }
      waiting
      waitingSince
      alert
    }
  }
`)

/** The rotation of a campaign, and one of its people. */
export type Rotation = RotationPageQuery['rotation']
export type Place = Rotation['people'][number]

export const CHANGE_ROTATION = graphql(`
  mutation ChangeRotation($input: ChangeRotationInput!) {
    changeRotation(input: $input) {
      rotation {
        paused
      }
      errors {
        message
      }
    }
  }
`)

export const LEAD_FORM = graphql(`
  query LeadForm($campaign: ID!) {
    leadForm(campaign: $campaign) {
      hasKey
      keyMadeAt
      origins
    }
  }
`)

export const ROTATE_KEY = graphql(`
  mutation RotateLeadKey($input: RotateLeadKeyInput!) {
    rotateLeadKey(input: $input) {
      url
      errors {
        message
      }
    }
  }
`)

export const SET_ORIGINS = graphql(`
  mutation SetLeadOrigins($input: SetLeadOriginsInput!) {
    setLeadOrigins(input: $input) {
      form {
        origins
      }
      errors {
        message
        field
      }
    }
  }
`)
