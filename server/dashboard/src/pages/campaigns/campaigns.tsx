import { Badge } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { CampaignsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { later } from '../../ui/later'
import { type Column, Rows } from '../../ui/rows'
import { useListAddress } from '../items/address'
import { ItemsBulk, useTicks } from '../items/bulk'
import { useItemColumns } from '../items/columns'
import { ItemsPage } from '../items/page'
import { RotationLink } from './rotation-link'

const NewCampaign = later(async () => (await import('./new-campaign')).NewCampaign)

const CAMPAIGNS = graphql(`
  query Campaigns($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {
    campaigns(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          ...ItemRow
          subject
          state
        }
      }
    }
  }
`)

type Campaign = CampaignsQuery['campaigns']['edges'][number]['node']

/** All campaigns that the viewer sees. */
export function Campaigns() {
  const { t } = useTranslation('items')
  const address = useListAddress()
  const list = useWindow({ query: CAMPAIGNS, variables: address.variables, pick: (data) => data.campaigns })
  const ticks = useTicks(address)
  const columns = useColumns(list.refresh)
  return (
    <ItemsPage
      kind="CAMPAIGN"
      icon={IconMail}
      address={address}
      list={list}
      newItem={<NewCampaign opened={address.creating} close={() => address.setCreating(false)} template={address.template} />}
    >
      <Rows
        label={t('kind.CAMPAIGN.title')}
        list={list}
        columns={columns}
        id={(c) => c.id}
        name={(c) => c.name}
        selection={ticks.selection}
        select={ticks.select}
        order={address.order}
        setOrder={address.setOrder}
      />
      <ItemsBulk kind="CAMPAIGN" address={address} total={list.total ?? 0} {...ticks} changed={list.refresh} />
    </ItemsPage>
  )
}

function useColumns(changed: () => void): Column<Campaign>[] {
  const { t } = useTranslation('items')
  const shared = useItemColumns<Campaign>(changed)
  return useMemo(
    () => [
      shared.name((c) => c.subject),
      {
        id: 'state',
        header: t('column.state'),
        width: '130px',
        wide: true,
        cell: ({ row }) => (
          <Badge variant="light" color={row.original.state === 'SENT' ? 'green' : 'gray'}>
            {t(`state.${row.original.state}`)}
          </Badge>
        ),
      },
      shared.who,
      shared.by,
      shared.changed,
      shared.menu((c) => <RotationLink id={c.id} />),
    ],
    [t, shared],
  )
}
