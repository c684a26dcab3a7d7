import { Select } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useWindow } from '../../api/window'
import { useListAddress } from '../items/address'
import { ItemsBulk, useTicks } from '../items/bulk'
import { made, NewItem } from '../items/new-item'
import { ItemsPage } from '../items/page'
import { Grid } from './grid'

const TEMPLATES = graphql(`
  query Templates($first: Int!, $skip: Int!, $search: String, $archive: ArchiveFilter!, $orderBy: ItemOrder!) {
    templates(first: $first, skip: $skip, search: $search, archive: $archive, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          ...ItemRow
        }
      }
    }
  }
`)

const CREATE = graphql(`
  mutation CreateTemplate($input: CreateTemplateInput!) {
    createTemplate(input: $input) {
      template {
        id
      }
      errors {
        field
        message
      }
    }
  }
`)

/** All templates that the viewer sees, as small pictures. */
export function Templates() {
  const { t } = useTranslation('templates')
  const address = useListAddress()
  const list = useWindow({ query: TEMPLATES, variables: address.variables, pick: (data) => data.templates })
  const ticks = useTicks(address)
  const [create] = useAct(CREATE, { quiet: true })
  return (
    <ItemsPage
      kind="TEMPLATE"
      icon={IconTemplate}
      address={address}
      list={list}
      tools={
        <Select
          aria-label={t('order.label')}
          value={address.order}
          onChange={(order) => order && address.setOrder(order)}
          data={[
            { value: 'CHANGED', label: t('order.CHANGED') },
            { value: 'NAME', label: t('order.NAME') },
          ]}
          allowDeselect={false}
          w={{ base: '100%', xs: 190 }}
        />
      }
      newItem={
        <NewItem
          kind="TEMPLATE"
          opened={address.creating}
          close={() => address.setCreating(false)}
          create={async (name) => made(await create({ input: { name } }), (payload) => payload.template)}
        />
      }
    >
      <Grid list={list} selection={ticks.selection} select={ticks.select} />
      <ItemsBulk kind="TEMPLATE" address={address} total={list.total ?? 0} {...ticks} changed={list.refresh} />
    </ItemsPage>
  )
}
