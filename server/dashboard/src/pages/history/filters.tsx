import { Button, Collapse, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '../properties/person-select'
import { ItemSelect } from '../sharing/item-select'
import { type HistorySearch, themes } from './address'
import type { Line } from './history'
import classes from './history.module.css'

interface Props {
  search: HistorySearch
  put(part: { [K in keyof HistorySearch]: HistorySearch[K] | undefined }): void
  /** A line that matches: it has the names of what is filtered by. */
  sample: Line | undefined
  filtered: boolean
}

/** Which lines are shown. Where there is little room the fields are folded away. */
export function Filters({ search, put, sample, filtered }: Props) {
  const { t } = useTranslation(['history', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const [opened, { toggle }] = useDisclosure(false)
  const set = Object.keys(search).filter((name) => name !== 'properties').length
  const clear = () => put({ theme: undefined, actor: undefined, person: undefined, item: undefined, since: undefined, until: undefined })
  const clearButton = filtered && (
    <Button variant="subtle" color="gray" onClick={clear}>
      {t('filter.clear')}
    </Button>
  )
  const fields = (
    <Group gap="xs" w="100%">
      <NativeSelect
        className={classes.filter}
        aria-label={t('filter.theme')}
        value={search.theme ?? ''}
        data={[{ value: '', label: t('filter.all') }, ...themes.map((value) => ({ value, label: t(`theme.${value}`) }))]}
        onChange={(e) => put({ theme: themes.find((x) => x === e.currentTarget.value) })}
      />
      <div className={classes.filter}>
        <PersonSelect
          bare
          label={t('filter.actor')}
          value={search.actor ?? null}
          named={sample?.actor && sample.actor.id === search.actor ? sample.actor.name : undefined}
          change={(id) => put({ actor: id ?? undefined })}
        />
      </div>
      <div className={classes.filter}>
        <PersonSelect
          bare
          label={t('filter.person')}
          value={search.person ?? null}
          named={sample?.person && sample.person.id === search.person ? sample.person.name : undefined}
          change={(id) => put({ person: id ?? undefined })}
        />
      </div>
      <div className={classes.filter}>
        <ItemSelect
          bare
          label={t('filter.item')}
          value={search.item ?? null}
          named={search.item && (sample?.item?.id === search.item ? sample.item.name : t('filter.chosen'))}
          change={(item) => put({ item: item?.id })}
        />
      </div>
      <TextInput
        type="date"
        className={classes.day}
        aria-label={t('filter.since')}
        title={t('filter.since')}
        leftSection={<Text size="xs">{t('filter.sinceShort')}</Text>}
        leftSectionWidth={44}
        value={search.since ?? ''}
        max={search.until}
        onChange={(e) => put({ since: e.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        className={classes.day}
        aria-label={t('filter.until')}
        title={t('filter.until')}
        leftSection={<Text size="xs">{t('filter.untilShort')}</Text>}
        leftSectionWidth={44}
        value={search.until ?? ''}
        min={search.since}
        onChange={(e) => put({ until: e.currentTarget.value || undefined })}
      />
      {clearButton}
    </Group>
  )
  if (!narrow) return fields
  return (
    <div style={{ width: '100%' }}>
      <Button variant="default" leftSection={<IconFilter size={16} stroke={1.8} />} onClick={toggle} aria-expanded={opened}>
        {set > 0 ? t('filter.some', { count: set }) : t('filter.open')}
      </Button>
      <Collapse expanded={opened} pt="xs">
        {fields}
      </Collapse>
    </div>
  )
}
