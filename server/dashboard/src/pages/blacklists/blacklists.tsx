import { IconBan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { BlacklistsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { useListAddress } from '../items/address'
import { made } from '../items/new-item'
import { AllLists } from '../lists/all-lists'

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

const countOf = (row: Row) => row.entryCount

/** All blacklists that the viewer sees. */
export function Blacklists() {
  const { t } = useTranslation('lists')
  const address = useListAddress()
  const list = useWindow({ query: BLACKLISTS, variables: address.variables, pick: (data) => data.blacklists })
  const [create] = useAct(CREATE, { quiet: true })
  return (
    <AllLists
      kind="BLACKLIST"
      icon={IconBan}
      address={address}
      list={list}
      holds={t('column.entries')}
      count={countOf}
      create={async (name) => made(await create({ input: { name } }), (payload) => payload.blacklist)}
    />
  )
}
