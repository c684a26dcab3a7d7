import { Text } from '@mantine/core'
import { IconAddressBook } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { ListsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { type Column, Rows } from '../../ui/rows'
import { useListAddress } from '../items/address'
import { ItemsBulk, useTicks } from '../items/bulk'
import { useItemColumns } from '../items/columns'
import { made, NewItem } from '../items/new-item'
import { ItemsPage } from '../items/page'

const LISTS = graphql(`
  query Lists($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {
    contactLists(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          ...ItemRow
          description
          contactCount
        }
      }
    }
  }
`)

const CREATE = graphql(`
  mutation CreateContactList($input: CreateContactListInput!) {
    createContactList(input: $input) {
      contactList {
        id
      }
      errors {
        field
        message
      }
    }
  }
`)

type Row = ListsQuery['contactLists']['edges'][number]['node']

/** All contact lists that the viewer sees. */
export function Lists() {
  const { t } = useTranslation('items')
  const address = useListAddress()
  const list = useWindow({ query: LISTS, variables: address.variables, pick: (data) => data.contactLists, follows: 'rows' })
  const ticks = useTicks(address)
  const columns = useColumns(list.refresh)
  const [create] = useAct(CREATE, { quiet: true })
  return (
    <ItemsPage
      kind="CONTACT_LIST"
      icon={IconAddressBook}
      address={address}
      list={list}
      newItem={
        <NewItem
          kind="CONTACT_LIST"
          opened={address.creating}
          close={() => address.setCreating(false)}
          create={async (name) => made(await create({ input: { name } }), (payload) => payload.contactList)}
        />
      }
    >
      <Rows
        label={t('kind.CONTACT_LIST.title')}
        list={list}
        columns={columns}
        id={(row) => row.id}
        name={(row) => row.name}
        selection={ticks.selection}
        select={ticks.select}
        order={address.order}
        setOrder={address.setOrder}
      />
      <ItemsBulk kind="CONTACT_LIST" address={address} total={list.total ?? 0} {...ticks} changed={list.refresh} />
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
        header: t('column.contacts'),
        width: '92px',
        cell: ({ row }) => <Text size="sm">{t('number', { count: row.original.contactCount })}</Text>,
      },
      shared.who,
      shared.by,
      shared.changed,
      shared.menu(),
    ],
    [t, shared],
  )
}
