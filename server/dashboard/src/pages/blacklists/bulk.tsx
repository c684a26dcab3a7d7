import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { BulkBar } from '../../ui/bulk-bar'
import { tickedCount } from '../../ui/ticked'
import type { View } from '../lists/view'
import { useWithTicked } from '../lists/with-ticked'
import type { EntryActs } from './acts'
import { type Entry, EVERY_ENTRY, everyOf } from './query'

interface Props {
  blacklist: string
  view: View<Entry>
  total: number
  acts: EntryActs
}

/** What can be done with the ticked entries. */
export function EntriesBulk({ blacklist, view, total, acts }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const [run, reading] = useWithTicked(view, () => every(client, EVERY_ENTRY, { blacklist, search: view.search || null }, everyOf))
  return (
    <BulkBar count={tickedCount(view.selection, total)} clear={view.clear}>
      <Button size="compact-sm" variant="light" color="red" loading={reading} leftSection={<IconTrash size={15} />} onClick={() => run(acts.remove)}>
        {t('act.remove')}
      </Button>
    </BulkBar>
  )
}
