import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../../api/gql'
import { nameOf } from '../../ui/person'

const PEOPLE = graphql(`
  query PeopleToPick($search: String) {
    collaborators(first: 20, search: $search, status: ACTIVE) {
      edges {
        node {
          id
          firstName
          lastName
          email
        }
      }
    }
  }
`)

interface Props {
  label: string
  value: string | null
  change(id: string | null): void
  /** Who cannot be chosen. */
  without: readonly string[]
}

/** A field to choose somebody in the account by name or address. */
export function PersonPicker({ label, value, change, without }: Props) {
  const { t } = useTranslation('team')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed, 180)
  const [{ data, fetching }] = useQuery({ query: PEOPLE, variables: { search: search || null } })
  const found = (data?.collaborators.edges ?? [])
    .filter(({ node }) => !without.includes(node.id))
    .map(({ node }) => ({ value: node.id, label: `${nameOf(node)} (${node.email})` }))
  const options = chosen && !found.some((o) => o.value === chosen.value) ? [chosen, ...found] : found
  return (
    <Select
      label={label}
      placeholder={t('pick')}
      searchable
      data={options}
      value={value}
      onChange={(id) => {
        setChosen(options.find((o) => o.value === id))
        change(id)
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('pickNone')}
      rightSection={fetching ? <Loader size={14} /> : undefined}
      comboboxProps={{ zIndex: 400 }}
    />
  )
}
