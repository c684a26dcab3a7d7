import { Button } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconTrash } from '@tabler/icons-react'
import type { CombinedError } from '@urql/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { graphql } from '../../api/gql'
import type { ItemKind } from '../../api/gql/graphql'
import { BulkBar } from '../../ui/bulk-bar'
import type { Selection } from '../../ui/rows'
import { useSentence } from '../../ui/sentence'
import { none, tickedCount, tickedOf } from '../../ui/ticked'
import { failed } from '../../ui/told'
import { type Act, useItemActs } from './acts'
import type { ListAddress } from './address'
import { Working } from './working'

const ALL = graphql(`
  query ItemIds($kinds: [ItemKind!], $search: String, $archive: ArchiveFilter!, $first: Int!, $after: String) {
    items(kinds: $kinds, search: $search, archive: $archive, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
        }
      }
    }
  }
`)

/** Which rows of a list are ticked. Another list begins with none. */
export function useTicks(address: ListAddress) {
  const [selection, select] = useState(none)
  const clear = useCallback(() => select(none), [])
  const { search, archive } = address
  useEffect(clear, [search, archive, clear])
  return { selection, select, clear }
}

interface Props {
  kind: ItemKind
  address: ListAddress
  total: number
  selection: Selection
  clear(): void
  changed(): void
}

/** What can be done with the ticked items. */
export function ItemsBulk({ kind, address, total, selection, clear, changed }: Props) {
  const { t } = useTranslation(['items', 'frame'])
  const client = useClient()
  const sentence = useSentence()
  const { act, progress } = useItemActs(changed)
  if (progress) return <Working progress={progress} />
  const { search, archive } = address.variables
  const all = () => every(client, ALL, { kinds: [kind], search, archive }, (data) => data.items)
  const run = async (of: Act) => {
    try {
      const items = await tickedOf(selection, (id) => ({ id }), all)
      clear()
      await act(of, items)
    } catch (error) {
      failed(sentence(error as CombinedError))
    }
  }
  return (
    <BulkBar count={tickedCount(selection, total)} clear={clear}>
      {archive !== 'ARCHIVED' && (
        <Button size="compact-sm" variant="light" leftSection={<IconArchive size={15} />} onClick={() => run('archive')}>
          {t('act.archive')}
        </Button>
      )}
      {archive !== 'CURRENT' && (
        <Button size="compact-sm" variant="light" leftSection={<IconArchiveOff size={15} />} onClick={() => run('unarchive')}>
          {t('act.unarchive')}
        </Button>
      )}
      <Button size="compact-sm" variant="light" color="red" leftSection={<IconTrash size={15} />} onClick={() => run('remove')}>
        {t('act.remove')}
      </Button>
    </BulkBar>
  )
}
