import { Badge, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconEyeOff, IconUserOff } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { ItemKind, PersonItemsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { type Column, Rows } from '../../ui/rows'
import { Search } from '../../ui/search'

const ITEMS = graphql(`
  query PersonItems($id: ID!, $kinds: [ItemKind!], $first: Int!, $skip: Int!, $search: String) {
    node(id: $id) {
      __typename
      ... on Collaborator {
        id
        items(kinds: $kinds, first: $first, skip: $skip, search: $search, archive: ALL) {
          totalCount
          counts {
            campaigns
            templates
            contactLists
            blacklists
          }
          edges {
            node {
              level
              reason
              item {
                id
                kind
                name
                archivedAt
              }
            }
          }
        }
      }
    }
  }
`)

type Seen = NonNullable<Extract<NonNullable<PersonItemsQuery['node']>, { __typename: 'Collaborator' }>['items']>
type Row = Seen['edges'][number]['node']

const kinds = [
  { kind: 'CAMPAIGN', count: 'campaigns' },
  { kind: 'TEMPLATE', count: 'templates' },
  { kind: 'CONTACT_LIST', count: 'contactLists' },
  { kind: 'BLACKLIST', count: 'blacklists' },
] as const

/** What a person can see, by kind, with what they may do with it and why. */
export function PersonItems({ id, name, deactivated }: { id: string; name: string; deactivated: boolean }) {
  const { t, i18n } = useTranslation(['team', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const [kind, setKind] = useState<ItemKind>('CAMPAIGN')
  const [search, setSearch] = useState('')
  const [counts, setCounts] = useState<Seen['counts']>()
  const variables = useMemo(() => ({ id, kinds: [kind], search: search || null }), [id, kind, search])
  const itemsOf = (data: PersonItemsQuery) => (data.node?.__typename === 'Collaborator' ? data.node.items : undefined)
  const list = useWindow({ query: ITEMS, variables, pick: itemsOf, answered: (data) => setCounts(itemsOf(data)?.counts) })
  const columns = useColumns()
  const key = useCallback((row: Row) => row.item.id, [])
  const number = new Intl.NumberFormat(i18n.language)
  const tabs = kinds.map((k) => ({ value: k.kind, label: counts ? `${t(`kind.${k.kind}`)} ${number.format(counts[k.count])}` : t(`kind.${k.kind}`) }))
  const choose = (value: string | null) => setKind(kinds.find((k) => k.kind === value)?.kind ?? 'CAMPAIGN')
  if (deactivated) return <Empty icon={IconUserOff} title={t('items.outTitle')} words={t('items.outWords', { name })} />
  return (
    <>
      <Group p="md" gap="sm">
        {narrow ? (
          <Select aria-label={t('items.kind')} data={tabs} value={kind} onChange={choose} allowDeselect={false} />
        ) : (
          <SegmentedControl aria-label={t('items.kind')} data={tabs} value={kind} onChange={choose} size="sm" />
        )}
        <Search label={t('items.search')} value={search} change={setSearch} />
      </Group>
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        <Empty
          icon={IconEyeOff}
          title={t(search ? 'items.noneTitle' : 'items.emptyTitle')}
          words={search ? t('items.noneWords') : t('items.emptyWords', { name })}
        />
      ) : (
        <Rows label={t('items.label', { name })} list={list} columns={columns} id={key} name={(row) => row.item.name} />
      )}
    </>
  )
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('team')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(0, 2fr)',
        cell: ({ row: { original: row } }) => (
          <>
            <Text size="sm" fw={500} truncate>
              {row.item.name}{' '}
              {row.item.archivedAt && (
                <Badge size="xs" variant="default">
                  {t('access.archived')}
                </Badge>
              )}
            </Text>
            <Text size="xs" c="dimmed" truncate hiddenFrom="sm">
              {t(`reason.${row.reason}`)}
            </Text>
          </>
        ),
      },
      { id: 'level', header: t('column.level'), width: '100px', cell: ({ row }) => <Text size="sm">{t(`level.${row.original.level}`)}</Text> },
      {
        id: 'reason',
        header: t('column.why'),
        width: 'minmax(0, 1.4fr)',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed" truncate>
            {t(`reason.${row.original.reason}`)}
          </Text>
        ),
      },
    ],
    [t],
  )
}
