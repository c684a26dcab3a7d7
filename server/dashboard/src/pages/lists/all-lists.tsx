// What the page of all contact lists and that of all blacklists have in common.

import { Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../api/act'
import type { ListWindow } from '../../api/window'
import { type Column, Rows } from '../../ui/rows'
import type { ListAddress } from '../items/address'
import { ItemsBulk, useTicks } from '../items/bulk'
import { useItemColumns } from '../items/columns'
import { NewItem } from '../items/new-item'
import { ItemsPage } from '../items/page'
import type { ItemRow } from '../items/row'

type List = ItemRow & { description: string }

interface Props<Row extends List> {
  kind: 'CONTACT_LIST' | 'BLACKLIST'
  icon: Icon
  address: ListAddress
  list: ListWindow<Row>
  /** What a list holds, and how many of them. */
  holds: string
  count(row: Row): number
  /** Makes a list, and returns its id. */
  create(name: string): Promise<Outcome<string>>
}

/** All lists of a kind that the viewer sees. */
export function AllLists<Row extends List>({ kind, icon, address, list, holds, count, create }: Props<Row>) {
  const { t } = useTranslation('items')
  const ticks = useTicks(address)
  const columns = useColumns(list.refresh, holds, count)
  return (
    <ItemsPage
      kind={kind}
      icon={icon}
      address={address}
      list={list}
      newItem={<NewItem kind={kind} opened={address.creating} close={() => address.setCreating(false)} create={create} />}
    >
      <Rows
        label={t(`kind.${kind}.title`)}
        list={list}
        columns={columns}
        id={(row) => row.id}
        name={(row) => row.name}
        selection={ticks.selection}
        select={ticks.select}
        order={address.order}
        setOrder={address.setOrder}
      />
      <ItemsBulk kind={kind} address={address} total={list.total ?? 0} {...ticks} changed={list.refresh} />
    </ItemsPage>
  )
}

function useColumns<Row extends List>(changed: () => void, holds: string, count: (row: Row) => number): Column<Row>[] {
  const { t } = useTranslation('lists')
  const shared = useItemColumns<Row>(changed)
  return useMemo(
    () => [
      shared.name((row) => row.description),
      {
        id: 'count',
        header: holds,
        width: '92px',
        cell: ({ row }) => <Text size="sm">{t('number', { count: count(row.original) })}</Text>,
      },
      shared.who,
      shared.by,
      shared.changed,
      shared.menu(),
    ],
    [t, shared, holds, count],
  )
}
