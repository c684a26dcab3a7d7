import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { ItemKind } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'

const CHOICES = graphql(`
  query ItemChoices($kinds: [ItemKind!], $search: String) {
    items(kinds: $kinds, search: $search, first: 30, orderBy: NAME) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

/** Names of items by their ids; of all that were ever shown. */
export type Names = Map<string, string>

interface Props {
  kind: ItemKind
  label: string
  /** What else is to be known, such as that there are more which the viewer may not see. */
  description: string | undefined
  value: readonly string[]
  change(ids: string[]): void
  names: Names
  readOnly: boolean
  error?: string | undefined
}

/** Chooses items of a kind by their names. */
export function ItemPicker({ kind, label, description, value, change, names, readOnly, error }: Props) {
  const { t } = useTranslation('campaigns')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 180)
  const { data } = useLiveQuery({ query: CHOICES, variables: { kinds: [kind], search: search || null }, pause: readOnly })
  const found = data?.items.edges.map((edge) => edge.node) ?? []
  for (const item of found) names.set(item.id, item.name)
  const offered = [...new Set([...value, ...found.map((item) => item.id)])]
  return (
    <MultiSelect
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={offered.map((id) => ({ value: id, label: names.get(id) ?? '…' }))}
      value={[...value]}
      onChange={change}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options.filter((o) => 'value' in o && found.some((item) => item.id === o.value))}
      hidePickedOptions
      maxValues={100}
      maxDropdownHeight={280}
      nothingFoundMessage={t('picker.none')}
      placeholder={value.length === 0 && !readOnly ? t('picker.placeholder') : undefined}
      readOnly={readOnly}
      error={error}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}
