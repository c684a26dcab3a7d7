import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { FindPeopleQuery } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { nameOf, Person } from '../../ui/person'
import { type Field, SearchSelect } from '../../ui/search-select'
import { fits } from './matching'

const FIND = graphql(`
  query FindPeople($search: String) {
    collaborators(first: 20, search: $search) {
      edges {
        node {
          id
          email
          firstName
          lastName
        }
      }
    }
  }
`)

type Found = FindPeopleQuery['collaborators']['edges'][number]['node']

interface Props extends Field {
  value: string | null
  change(id: string | null): void
}

/** Choosing one person of the account, also one who is deactivated, by searching. */
export function PersonSelect({ change, ...field }: Props) {
  const { t } = useTranslation('properties')
  return (
    <SearchSelect<Found>
      {...field}
      change={(person) => change(person?.id ?? null)}
      useFound={useFound}
      nameOf={nameOf}
      fits={fits}
      draw={(person) => <Person of={person} small />}
      placeholder={t('person.search')}
      searching={t('add.searching')}
      nothing={t('person.nobody')}
    />
  )
}

function useFound(search: string | null) {
  const { data, busy } = useLiveQuery({ query: FIND, variables: { search } })
  return { found: (data?.collaborators.edges ?? []).map(({ node }) => node), busy }
}
