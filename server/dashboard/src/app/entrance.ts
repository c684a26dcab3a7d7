import { useQuery } from 'urql'
import { graphql } from '../api/gql'

const ENTRANCE = graphql(`
  query Entrance {
    entrance {
      signUpOpen
      unclaimed
      outboxShown
    }
  }
`)

/** The ways into this server; undefined until they are known. */
export function useEntrance() {
  return useQuery({ query: ENTRANCE })[0].data?.entrance
}
