import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { FindItemsQuery } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { holds } from '../../ui/fold'
import { KindIcon } from '../../ui/kind-icon'
import { type Field, SearchSelect } from '../../ui/search-select'

const FIND = graphql(`
  query FindItems($search: String) {
    items(first: 30, search: $search, archive: ALL) {
      edges {
        node {
          id
          kind
          name
        }
      }
    }
  }
`)

/** An item that can be chosen. */
export type FoundItem = FindItemsQuery['items']['edges'][number]['node']

interface Props extends Field {
  value: string | null
  change(item: FoundItem | null): void
}

/** Choosing one item of any kind by searching. */
export function ItemSelect(props: Props) {
  const { t } = useTranslation('sharing')
  return (
    <SearchSelect<FoundItem>
      {...props}
      useFound={useFound}
      nameOf={(item) => item.name}
      fits={(item, typed) => holds(item.name, typed)}
      draw={(item) => (
        <Group gap="sm" wrap="nowrap" miw={0}>
          <KindIcon kind={item.kind} />
          <Text size="sm" truncate>
            {item.name}
          </Text>
        </Group>
      )}
      placeholder={t('item.search')}
      searching={t('item.searching')}
      nothing={t('item.nothing')}
    />
  )
}

function useFound(search: string | null) {
  const { data, busy } = useLiveQuery({ query: FIND, variables: { search } })
  return { found: (data?.items.edges ?? []).map(({ node }) => node), busy }
}
