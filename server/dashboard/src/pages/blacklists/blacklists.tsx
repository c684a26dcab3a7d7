import { Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { BlacklistsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { type Column, Rows } from '../../ui/rows'
import { useListAddress } from '../items/address'
import { ItemsBulk, useTicks } from '../items/bulk'
import { useItemColumns } from '../items/columns'
import { made, NewItem } from '../items/new-item'
import { ItemsPage } from '../items/page'

const BLACKLISTS = graphql(`
  query Blacklists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {
    blacklists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          ...ItemRow
          description
          entryCount
        }
      }
    }
  }
`)

const CREATE = graphql(`
  mutation CreateBlacklist($input: CreateBlacklistInput!) {
    createBlacklist(input: $input) {
      blacklist {
        id
      }
      errors {
        field
        message
      }
    }
  }
`)

type Row = BlacklistsQuery['blacklists']['edges'][number]['node']

/** All blacklists that the viewer sees. */
export function Blacklists() {
  const { t } = useTranslation('items')
  const address = useListAddress()
  const list = useWindow({ query: BLACKLISTS, variables: address.variables, pick: (data) => data.blacklists, follows: 'rows' })
  const ticks = useTicks(address)
  const columns = useColumns(list.refresh)
  const [create] = useAct(CREATE, { quiet: true })
  return (
    <ItemsPage
      kind="BLACKLIST"
      icon={IconBan}
      address={address}
      list={list}
      newItem={
        <NewItem
          kind="BLACKLIST"
          opened={address.creating}
          close={() => address.setCreating(false)}
          create={async (name) => made(await create({ input: { name } }), (payload) => payload.blacklist)}
        />
      }
    >
      <Rows
        label={t('kind.BLACKLIST.title')}
        list={list}
        columns={columns}
        id={(row) => row.id}
        name={(row) => row.name}
        selection={ticks.selection}
        select={ticks.select}
        order={address.order}
        setOrder={address.setOrder}
      />
      <ItemsBulk kind="BLACKLIST" address={address} total={list.total ?? 0} {...ticks} changed={list.refresh} />
    </ItemsPage>
  )
}

function useColumns(changed: () => void): Column<Row>[] {
  const { t } = useTranslation('lists')
  const shared = useItemColumns<Row>(changed)
  return useMemo(
    () => [
      shared.name((row) => row.description),
      {
        id: 'count',
        header: t('column.entries'),
        width: '92px',
        cell: ({ row }) => <Text size="sm">{t('number', { count: row.original.entryCount })}</Text>,
      },
      shared.who,
      shared.by,
      shared.changed,
      shared.menu(),
    ],
    [t, shared],
  )
}
