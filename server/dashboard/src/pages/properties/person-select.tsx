import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import { useLiveQuery } from '../../api/live'
import { nameOf, Person } from '../../ui/person'
import { matchingNow } from './matching'

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

interface Props {
  label: string
  value: string | null
  change(id: string | null, name?: string): void
  /** The name of who is chosen, where this did not find them itself. */
  named?: string | undefined
  /** Whether the label is for those only who do not see the field. */
  bare?: boolean
  autoFocus?: boolean
}

/** Choosing one person of the account, also one who is deactivated, by searching. */
export function PersonSelect({ label, value, change, named, bare, autoFocus }: Props) {
  const { t } = useTranslation(['properties', 'frame'])
  const [typed, setTyped] = useState('')
  const seen = useRef(new Map<string, string>())
  const chosen = value === null ? undefined : (seen.current.get(value) ?? named)
  const [wanted] = useDebouncedValue(typed === chosen ? '' : typed.trim(), 150)
  const { data, busy } = useLiveQuery({ query: FIND, variables: { search: wanted || null } })
  const people = useMemo(() => new Map((data?.collaborators.edges ?? []).map(({ node }) => [node.id, node])), [data])
  for (const [id, person] of people) seen.current.set(id, nameOf(person))
  const sure = !busy && (typed === chosen || typed.trim() === wanted)
  const matching = new Set(matchingNow([...people.values()], typed === chosen ? '' : typed.trim(), sure).map((p) => p.id))
  const options = [...people.values()].map((p) => ({ value: p.id, label: nameOf(p) }))
  if (value !== null && chosen !== undefined && !people.has(value)) options.push({ value, label: chosen })
  return (
    <Select
      {...(bare ? { 'aria-label': label } : { label })}
      placeholder={bare ? label : t('person.search')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('frame:clear') }}
      searchValue={typed}
      onSearchChange={setTyped}
      data={options}
      filter={({ options: all }) => all.filter((o) => !('value' in o) || matching.has(o.value))}
      value={value}
      onChange={(id) => change(id, id === null ? undefined : seen.current.get(id))}
      renderOption={({ option }) => {
        const person = people.get(option.value)
        return person ? <Person of={person} small /> : option.label
      }}
      nothingFoundMessage={busy ? t('add.searching') : t('person.nobody')}
      maxDropdownHeight={260}
      comboboxProps={{ shadow: 'md' }}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus ?? false}
    />
  )
}
