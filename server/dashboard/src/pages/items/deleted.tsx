import { Button, Text } from '@mantine/core'
import { IconRestore, IconTrash } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useQuery } from 'urql'
import { every } from '../../api/every'
import { graphql } from '../../api/gql'
import { useWindow } from '../../api/window'
import { useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { BulkBar } from '../../ui/bulk-bar'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { type Column, Rows } from '../../ui/rows'
import { none, tickedCount, tickedOf } from '../../ui/ticked'
import { Ago } from '../../ui/time'
import { type Target, useItemActs } from './acts'
import type { ItemRow } from './row'
import { Working } from './working'

const DELETED = graphql(`
  query DeletedItems($first: Int!, $skip: Int, $after: String) {
    deletedItems(first: $first, skip: $skip, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...ItemRow
        }
      }
    }
  }
`)

const kindOf = { '/campaigns': 'CAMPAIGN', '/templates': 'TEMPLATE', '/lists': 'CONTACT_LIST', '/blacklists': 'BLACKLIST' } as const

/** What was deleted and can still be restored. */
export function Deleted() {
  const { t } = useTranslation('items')
  const client = useClient()
  const { from = '/campaigns' } = useSearch({ from: '/inside/deleted' })
  const list = useWindow({ query: DELETED, variables: {}, pick: (data) => data.deletedItems })
  const { act, progress } = useItemActs(list.refresh)
  const [selection, select] = useState(none)
  const columns = useColumns(useCallback((item) => void act('restore', [item]), [act]))
  const total = list.total ?? 0
  const restore = async () => {
    const items = await tickedOf<Target>(
      selection,
      (id) => ({ id }),
      () => every(client, DELETED, {}, (data) => data.deletedItems),
    )
    select(none)
    await act('restore', items)
  }
  return (
    <Page
      title={t('deleted.title')}
      back={{ to: from, label: t(`kind.${kindOf[from]}.title`) }}
      tools={
        total > 0 && (
          <Text size="sm" c="dimmed">
            {t('deleted.note')}
          </Text>
        )
      }
    >
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        <Empty icon={IconTrash} title={t('deleted.emptyTitle')} words={t('deleted.emptyWords')} />
      ) : (
        <Rows
          label={t('deleted.title')}
          list={list}
          columns={columns}
          id={(item) => item.id}
          name={(item) => item.name}
          selection={selection}
          select={select}
        />
      )}
      {progress ? (
        <Working progress={progress} />
      ) : (
        <BulkBar count={tickedCount(selection, total)} clear={() => select(none)}>
          <Button size="compact-sm" variant="light" leftSection={<IconRestore size={15} />} onClick={restore}>
            {t('act.restore')}
          </Button>
        </BulkBar>
      )}
    </Page>
  )
}

function useColumns(restore: (item: ItemRow) => void): Column<ItemRow>[] {
  const { t } = useTranslation('items')
  const owner = useOwner()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(0, 3fr)',
        cell: ({ row }) => (
          <>
            <Text size="sm" fw={500} truncate>
              {row.original.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {t(`kind.${row.original.kind}.one`)}
            </Text>
          </>
        ),
      },
      {
        id: 'deleted',
        header: t('column.deleted'),
        width: '140px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed">
            {row.original.deletedAt && <Ago moment={row.original.deletedAt} />}
          </Text>
        ),
      },
      ...(owner
        ? [{ id: 'by', header: t('column.deletedBy'), width: '150px', wide: true, cell: ({ row }) => <Deleter id={row.original.id} /> } as Column<ItemRow>]
        : []),
      {
        id: 'left',
        header: t('column.left'),
        width: '170px',
        wide: true,
        cell: ({ row }) => <Text size="sm">{row.original.deletedAt && <Left since={row.original.deletedAt} />}</Text>,
      },
      {
        id: 'restore',
        header: '',
        width: '120px',
        cell: ({ row }) => (
          <Button size="compact-sm" variant="default" onClick={() => restore(row.original)}>
            {t('act.restore')}
          </Button>
        ),
      },
    ],
    [t, owner, restore],
  )
}

const day = 24 * 60 * 60 * 1000

/** How many days remain of the thirty. */
function Left({ since }: { since: string }) {
  const { t } = useTranslation('items')
  const left = (Date.parse(since) + 30 * day - Date.now()) / day
  return left < 1 ? t('deleted.lastDay') : t('deleted.left', { count: Math.ceil(left) })
}

const DELETER = graphql(`
  query Deleter($id: ID!) {
    history(first: 1, filter: { verbs: [ITEM_DELETED], item: $id }) {
      edges {
        node {
          number
          actor {
            id
            name
          }
        }
      }
    }
  }
`)

/** Who deleted an item, as the history tells owners. */
function Deleter({ id }: { id: string }) {
  const [{ data }] = useQuery({ query: DELETER, variables: { id } })
  const actor = data?.history.edges[0]?.node.actor
  return (
    <Text size="sm" truncate>
      {actor?.name}
    </Text>
  )
}
