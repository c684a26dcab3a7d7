import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { BulkBar } from '../../ui/bulk-bar'
import type { Selection } from '../../ui/rows'
import { failed } from '../../ui/told'
import type { EntryActs } from './acts'
import { type Entry, EVERY_ENTRY, everyOf } from './query'

interface Props {
  blacklist: string
  search: string
  total: number
  selection: Selection
  /** Entries that were on the screen; whatever is ticked by itself is among them. */
  seen: ReadonlyMap<string, Entry>
  acts: EntryActs
  clear(): void
}

/** What can be done with the ticked entries. */
export function EntriesBulk({ blacklist, search, total, selection, seen, acts, clear }: Props) {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const [reading, setReading] = useState(false)
  const ticked = async (): Promise<Entry[]> => {
    if (!selection.all) return [...selection.ids].flatMap((id) => seen.get(id) ?? [])
    const all = await every(client, EVERY_ENTRY, { blacklist, search: search || null }, everyOf)
    return all.filter((entry) => !selection.ids.has(entry.id))
  }
  const remove = async () => {
    setReading(true)
    const entries = await ticked().catch(() => undefined)
    setReading(false)
    if (!entries) return failed(t('frame:error.away'))
    await acts.remove(entries)
    clear()
  }
  return (
    <BulkBar count={selection.all ? total - selection.ids.size : selection.ids.size} clear={clear}>
      <Button size="compact-sm" variant="light" color="red" loading={reading} leftSection={<IconTrash size={15} />} onClick={remove}>
        {t('act.remove')}
      </Button>
    </BulkBar>
  )
}
