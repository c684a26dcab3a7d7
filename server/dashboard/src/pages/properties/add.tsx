import { Button, Group, MultiSelect, NativeSelect, Text } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../api/live'
import { nameOf, Person } from '../../ui/person'
import { useChanges } from './changes'
import { fits } from './matching'
import { PEOPLE } from './queries'
import type { Shared } from './window'

interface Found {
  id: string
  name: string
  firstName: string
  lastName: string
  email: string
}

/** How many people the picker shows at once; typing narrows them. */
const shownAtOnce = 20

/** Adding people who do not see the item yet: one or several, to view it or to change it. */
export function AddPeople({ item, added }: { item: Shared; added(): void }) {
  const { t } = useTranslation(['properties', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search.trim(), 150)
  const [chosen, setChosen] = useState<readonly Found[]>([])
  const [level, setLevel] = useState<'VIEW' | 'EDIT'>('EDIT')
  const variables = useMemo(
    () => ({ item: item.id, which: 'CANNOT_SEE' as const, first: shownAtOnce, skip: null, after: null, search: wanted || null }),
    [item.id, wanted],
  )
  const { data, refresh, busy } = useLiveQuery({ query: PEOPLE, variables })
  const changes = useChanges(item.id, refresh)
  const found = useMemo<Found[]>(() => (data?.properties.people.edges ?? []).map(({ node: { collaborator: c } }) => ({ ...c, name: nameOf(c) })), [data])
  const known = useMemo(() => new Map([...chosen, ...found].map((p) => [p.id, p])), [chosen, found])
  const asked = search.trim()
  // Until the answer to what is typed has come, nobody else can be chosen by mistake.
  const answered = asked === wanted && !busy
  const matching = useMemo(() => new Set(found.filter((p) => answered || fits(p, asked)).map((p) => p.id)), [found, asked, answered])
  const more = (data?.properties.people.totalCount ?? 0) - found.length
  const all = data !== undefined && wanted === '' && chosen.length === 0 && found.length === 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length === 0 || changes.adding) return
    if (await changes.addPeople([...chosen], level)) {
      setChosen([])
      setSearch('')
      added()
    }
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start">
        <MultiSelect
          flex="1 1 260px"
          miw={0}
          aria-label={t('add.label')}
          placeholder={chosen.length > 0 ? '' : all ? t('add.nobodyLeft') : t('add.label')}
          disabled={all}
          searchable
          selectFirstOptionOnChange
          hidePickedOptions
          searchValue={search}
          onSearchChange={setSearch}
          data={[...known.values()].map((p) => ({ value: p.id, label: p.name }))}
          filter={({ options }) => options.filter((o) => 'value' in o && matching.has(o.value))}
          openOnFocus={false}
          autoFocus={!narrow}
          value={chosen.map((p) => p.id)}
          onChange={(ids) => {
            setChosen(ids.flatMap((id) => known.get(id) ?? []))
            setSearch('')
          }}
          renderOption={({ option }) => {
            const person = known.get(option.value)
            return person ? <Person of={person} small /> : option.label
          }}
          nothingFoundMessage={data === undefined || busy ? t('add.searching') : t('add.nobody')}
          maxDropdownHeight={300}
          comboboxProps={{ shadow: 'md' }}
        />
        <NativeSelect
          aria-label={t('add.level')}
          data={(['EDIT', 'VIEW'] as const).map((value) => ({ value, label: t(`level.${value}`) }))}
          value={level}
          onChange={(e) => setLevel(e.currentTarget.value === 'VIEW' ? 'VIEW' : 'EDIT')}
          disabled={all}
        />
        <Button type="submit" disabled={chosen.length === 0} loading={changes.adding}>
          {t('add.submit')}
        </Button>
      </Group>
      {more > 0 && search !== '' && (
        <Text size="xs" c="dimmed" mt={4} aria-live="polite">
          {t('add.more', { count: more })}
        </Text>
      )}
    </form>
  )
}
