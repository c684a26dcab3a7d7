// Whom a lead is given to: those who see its campaign, or nobody.

import { Combobox, Group, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconClock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useInsider } from '../../app/session'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'
import { PERSON_CHOICES, SEERS } from './queries'

interface Somebody {
  id: string
  firstName: string
  lastName: string
  awayUntil?: string | null
}

interface Props {
  /** The campaign of the leads; undefined where they are of several: then all people are offered, and the server looks. */
  campaign: string | undefined
  /** Who follows them up now; null for nobody, undefined where that differs. */
  now: string | null | undefined
  choose(person: Somebody | null): void
  /** What opens the menu. */
  target(open: { toggle(): void; opened: boolean }): ReactNode
}

/** A menu of people that is searched by typing. */
export function PeopleMenu({ campaign, now, choose, target }: Props) {
  const { t } = useTranslation('leads')
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim() || null, 150)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setSearch('')
    },
    onDropdownOpen: () => {
      combobox.focusSearchInput()
      combobox.updateSelectedOptionIndex('active')
    },
  })
  const people = usePeople(campaign, asked, !combobox.dropdownOpened)
  const { collaborator: me } = useInsider()
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-start"
      shadow="md"
      withinPortal
      onOptionSubmit={(value) => {
        combobox.closeDropdown()
        if (value === nobody) choose(null)
        else choose(people?.find((p) => p.id === value) ?? null)
      }}
    >
      <Combobox.Target withAriaAttributes={false}>{target({ toggle: () => combobox.toggleDropdown(), opened: combobox.dropdownOpened })}</Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={search} onChange={(e) => setSearch(e.currentTarget.value)} placeholder={t('assign.search')} aria-label={t('assign.search')} />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={t('panel.assignee')}>
          {search === '' && (
            <Combobox.Option value={nobody} active={now === null}>
              <Group gap="sm" wrap="nowrap">
                <IconClock size={18} stroke={1.7} aria-hidden />
                <Text size="sm" flex={1}>
                  {t('assign.nobody')}
                </Text>
                {now === null && <IconCheck size={15} aria-hidden />}
              </Group>
            </Combobox.Option>
          )}
          {people?.map((p) => (
            <Combobox.Option key={p.id} value={p.id} active={now === p.id}>
              <Group gap="sm" wrap="nowrap">
                <Monogram name={nameOf(p)} small />
                <Text size="sm" flex={1} truncate>
                  {nameOf(p)} {p.id === me.id && `(${t('assign.me')})`}
                </Text>
                {p.awayUntil && Date.parse(p.awayUntil) > Date.now() && (
                  <Text size="xs" c="dimmed">
                    {t('assign.away')}
                  </Text>
                )}
                {now === p.id && <IconCheck size={15} aria-hidden />}
              </Group>
            </Combobox.Option>
          ))}
          {people?.length === 0 && <Combobox.Empty>{campaign ? t('assign.none') : t('assign.noneAnywhere')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const nobody = 'nobody'

/** Who can be given leads of a campaign; undefined until it is known. */
function usePeople(campaign: string | undefined, search: string | null, pause: boolean): Somebody[] | undefined {
  const [ofOne] = useQuery({ query: SEERS, variables: { campaign: campaign ?? '', search }, pause: pause || !campaign })
  const [ofAll] = useQuery({ query: PERSON_CHOICES, variables: { search, chosen: '' }, pause: pause || !!campaign })
  if (campaign) return ofOne.data?.properties.people.edges.map((e) => e.node.collaborator)
  return ofAll.data?.collaborators.edges.map((e) => e.node).filter((p) => p.status === 'ACTIVE')
}
