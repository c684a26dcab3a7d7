import { Box, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconUserCheck, IconUserSearch } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PropertiesFilter } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { useWindow } from '../../api/window'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { nameOf } from '../../ui/person'
import { type Column, Rows } from '../../ui/rows'
import { Search } from '../../ui/search'
import { Cells, LevelCell, ReasonCell } from './cells'
import { useChanges } from './changes'
import { COUNTS, type Onlooker, PEOPLE } from './queries'
import type { Shared } from './window'
import classes from './window.module.css'

/** A person, and beneath them why they see the item or do not. */
const rowHeight = 60
/** How many rows are on the screen at most. */
const most = 5
/** From how many people on there is a field to search them with. */
const many = 6

/** Who sees an item and why; for those who may change it also who does not. */
export function People({ item, mayChange, round }: { item: Shared; mayChange: boolean; round: number }) {
  const { t } = useTranslation(['properties', 'frame'])
  const [which, setWhich] = useState<PropertiesFilter>('CAN_SEE')
  const [search, setSearch] = useState('')
  const asked = mayChange ? which : 'CAN_SEE'
  const variables = useMemo(() => ({ item: item.id, which: asked, search: search || null }), [item.id, asked, search])
  const list = useWindow({ query: PEOPLE, variables, pick: (data) => data.properties.people })
  const counts = useLiveQuery({ query: COUNTS, variables: { item: item.id, hidden: mayChange } })
  const { refresh: refreshList } = list
  const { refresh: refreshCounts } = counts
  const refresh = useCallback(() => {
    refreshList()
    refreshCounts()
  }, [refreshList, refreshCounts])
  useEffect(() => {
    if (round > 0) refresh()
  }, [round, refresh])
  const changes = useChanges(item.id, refresh)
  const seen = counts.data?.properties.seen.totalCount
  const unseen = counts.data?.properties.unseen?.totalCount
  const columns = useMemo<Column<Onlooker>[]>(
    () => [
      { id: 'person', header: t('column.person'), cell: ({ row }) => <ReasonCell row={row.original} /> },
      {
        id: 'level',
        header: () => <span className={classes.heading}>{t('column.level')}</span>,
        width: '142px',
        cell: ({ row }) => <LevelCell row={row.original} />,
      },
    ],
    [t],
  )
  const id = useCallback((row: Onlooker) => row.collaborator.id, [])
  const height = 39 + Math.min(most, Math.max(1, list.total ?? seen ?? most)) * rowHeight
  const searchable = search !== '' || Math.max(seen ?? 0, unseen ?? 0) > many
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        {mayChange ? (
          <Group gap={4} role="group" aria-label={t('which.label')}>
            {(['CAN_SEE', 'CANNOT_SEE'] as const).map((w) => (
              <UnstyledButton key={w} className={classes.tab} aria-pressed={which === w} onClick={() => setWhich(w)}>
                {t(`which.${w}`)} {(w === 'CAN_SEE' ? seen : unseen) ?? ''}
              </UnstyledButton>
            ))}
          </Group>
        ) : (
          <Text size="sm" fw={600}>
            {t('which.CAN_SEE')} {seen ?? ''}
          </Text>
        )}
        {searchable && (
          <Group flex="1 1 160px" justify="flex-end">
            <Search label={t('search')} value={search} change={setSearch} />
          </Group>
        )}
      </Group>
      <Box className={classes.people} style={{ height }}>
        {list.error ? (
          <Away error={list.error} again={list.refresh} />
        ) : list.total === 0 ? (
          <Nobody searched={search !== ''} />
        ) : (
          <Cells value={{ changes, mayChange, audience: item.audience }}>
            <Rows label={t(`which.${asked}`)} list={list} columns={columns} id={id} name={(row) => nameOf(row.collaborator)} rowHeight={rowHeight} />
          </Cells>
        )}
      </Box>
    </Stack>
  )
}

/** Nobody is in a list of people. */
function Nobody({ searched }: { searched: boolean }) {
  const { t } = useTranslation(['properties', 'frame'])
  return searched ? (
    <Empty icon={IconUserSearch} title={t('nobody.found')} words={t('nobody.foundWords')} />
  ) : (
    <Empty icon={IconUserCheck} title={t('nobody.hidden')} words={t('nobody.hiddenWords')} />
  )
}
