// Choosing a campaign or a person among more than fit in a menu: what is typed is searched for on the server.

import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { nameOf } from '../../ui/person'
import { CAMPAIGN_CHOICES, PERSON_CHOICES } from './queries'

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string | undefined
  change(id: string | undefined): void
}

/** Chooses a campaign; with `mayChange`, one that the viewer may change. */
export function CampaignPicker({ value, change, mayChange, ...rest }: Props & { mayChange?: boolean }) {
  const typed = useTyped()
  const [{ data }] = useQuery({ query: CAMPAIGN_CHOICES, variables: { search: typed.asked, chosen: value ?? '' } })
  const found = data?.campaigns.edges.map((e) => e.node).filter((c) => !mayChange || c.myLevel === 'EDIT') ?? []
  const chosen = data?.node?.__typename === 'Campaign' ? [data.node] : []
  const options = [...chosen.filter((c) => !found.some((f) => f.id === c.id)), ...found].map((c) => ({ value: c.id, label: c.name }))
  return <Picker {...rest} value={value} change={change} options={options} typed={typed} />
}

/** Chooses whose leads are shown: the viewer's, nobody's, or those of a person. */
export function WhoPicker({ value, change, waiting, ...rest }: Props & { waiting: number }) {
  const { t } = useTranslation(['leads', 'frame'])
  const typed = useTyped()
  const [{ data }] = useQuery({ query: PERSON_CHOICES, variables: { search: typed.asked, chosen: value ?? '' } })
  const found = data?.collaborators.edges.map((e) => e.node) ?? []
  const chosen = data?.node?.__typename === 'Collaborator' ? [data.node] : []
  const people = [...chosen.filter((p) => !found.some((f) => f.id === p.id)), ...found].map((p) => ({ value: p.id, label: nameOf(p) }))
  const typing = typed.asked !== null
  const options = [
    ...(typing && value !== 'me' && value !== 'nobody'
      ? []
      : [
          { value: 'me', label: t('filter.me') },
          { value: 'nobody', label: waiting > 0 ? `${t('filter.nobody')} (${waiting})` : t('filter.nobody') },
        ]),
    { group: t('filter.people'), items: people },
  ]
  return <Picker {...rest} value={value} change={change} options={options} typed={typed} />
}

interface PickerProps extends Props {
  options: SelectProps['data']
  typed: Typed
}

function Picker({ value, change, options, typed, ...rest }: PickerProps) {
  const { t } = useTranslation(['leads', 'frame'])
  return (
    <Select
      {...rest}
      data={options ?? []}
      value={value ?? null}
      onChange={(id) => change(id ?? undefined)}
      searchable
      clearable
      searchValue={typed.search}
      onSearchChange={typed.setSearch}
      onDropdownOpen={typed.open}
      onDropdownClose={typed.close}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('filter.none')}
      clearButtonProps={{ 'aria-label': t('frame:clear') }}
      maxDropdownHeight={320}
    />
  )
}

/** What is typed, and what is searched for: not the name of the choice, which stands in the field too. */
interface Typed {
  search: string
  setSearch(search: string): void
  open(): void
  close(): void
  /** What the server is asked for; null for the first of all. */
  asked: string | null
}

function useTyped(): Typed {
  const [search, setSearch] = useState('')
  const [before, setBefore] = useState<string>()
  const wanted = before === undefined || search === before || search.trim() === '' ? null : search.trim()
  const [asked] = useDebouncedValue(wanted, 150)
  return { search, setSearch, open: () => setBefore(search), close: () => setBefore(undefined), asked }
}
