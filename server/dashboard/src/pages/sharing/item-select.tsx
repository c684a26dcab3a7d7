import { Group, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAddressBook, IconBan, IconMail, IconTemplate } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { FindItemsQuery, ItemKind } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'

const FIND = graphql(`
  query FindItems($search: String) {
    items(first: 30, search: $search, archive: ALL) {
      edges {
        node {
          id
          kind
          name
        }
      }
    }
  }
`)

/** An item that can be chosen. */
export type FoundItem = Pick<FindItemsQuery['items']['edges'][number]['node'], 'id' | 'kind' | 'name'>

const icons = { CAMPAIGN: IconMail, TEMPLATE: IconTemplate, CONTACT_LIST: IconAddressBook, BLACKLIST: IconBan }

/** The picture of a kind of items. */
export function KindIcon({ kind }: { kind: ItemKind }) {
  const Picture = icons[kind]
  return <Picture size={17} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
}

interface Props {
  label: string
  /** What is chosen; null where choosing only adds to something. */
  value: string | null
  change(item: FoundItem | null): void
  /** The name of what is chosen, where this did not find it itself. */
  named?: string | undefined
  /** What cannot be chosen, since it is already. */
  without?: ReadonlySet<string>
  /** Whether the label is for those only who do not see the field. */
  bare?: boolean
  disabled?: boolean
}

/** Choosing one item of any kind by searching. */
export function ItemSelect({ label, value, change, named, without, bare, disabled }: Props) {
  const { t } = useTranslation(['sharing', 'frame'])
  const [typed, setTyped] = useState('')
  const seen = useRef(new Map<string, FoundItem>())
  const chosen = value === null ? undefined : (seen.current.get(value)?.name ?? named)
  const asked = typed === chosen ? '' : typed.trim()
  const [wanted] = useDebouncedValue(asked, 150)
  const { data, busy } = useLiveQuery({ query: FIND, variables: { search: wanted || null } })
  const found = (data?.items.edges ?? []).map(({ node }) => node).filter((i) => !without?.has(i.id))
  for (const item of found) seen.current.set(item.id, item)
  // Until the answer to what is typed has come, only what fits it can be chosen.
  const answered = !busy && asked === wanted
  const matching = new Set(found.filter((i) => answered || i.name.toLowerCase().includes(asked.toLowerCase())).map((i) => i.id))
  const options = found.map((i) => ({ value: i.id, label: i.name }))
  if (value !== null && chosen !== undefined && !options.some((o) => o.value === value)) options.push({ value, label: chosen })
  return (
    <Select
      {...(bare ? { 'aria-label': label } : { label })}
      placeholder={bare ? label : t('item.search')}
      searchable
      clearable={value !== null}
      clearButtonProps={{ 'aria-label': t('frame:clear') }}
      disabled={disabled ?? false}
      searchValue={typed}
      onSearchChange={setTyped}
      data={options}
      filter={({ options: all }) => all.filter((o) => !('value' in o) || matching.has(o.value))}
      value={value}
      onChange={(id) => {
        change(id === null ? null : (seen.current.get(id) ?? null))
        if (value === null) setTyped('')
      }}
      renderOption={({ option }) => {
        const item = seen.current.get(option.value)
        return (
          <Group gap="sm" wrap="nowrap" miw={0}>
            {item && <KindIcon kind={item.kind} />}
            <Text size="sm" truncate>
              {option.label}
            </Text>
          </Group>
        )
      }}
      nothingFoundMessage={answered ? t('item.nothing') : t('item.searching')}
      maxDropdownHeight={260}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}
