import { IconAddressBook } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { ListsQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { useListAddress } from '../items/address'
import { made } from '../items/new-item'
import { AllLists } from './all-lists'

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

const countOf = (row: Row) => row.contactCount

/** All contact lists that the viewer sees. */
export function Lists() {
  const { t } = useTranslation('lists')
  const address = useListAddress()
  const list = useWindow({ query: LISTS, variables: address.variables, pick: (data) => data.contactLists })
  const [create] = useAct(CREATE, { quiet: true })
  return (
    <AllLists
      kind="CONTACT_LIST"
      icon={IconAddressBook}
      address={address}
      list={list}
      holds={t('column.contacts')}
      count={countOf}
      create={async (name) => made(await create({ input: { name } }), (payload) => payload.contactList)}
    />
  )
}
