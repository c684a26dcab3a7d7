import { Button } from '@mantine/core'
import { IconMailCheck, IconMailOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { BulkBar } from '../../ui/bulk-bar'
import type { Selection } from '../../ui/rows'
import { failed } from '../../ui/told'
import type { ContactActs, Named } from './acts'
import { EVERY_CONTACT, everyOf } from './query'

interface Props {
  list: string
  search: string
  total: number
  selection: Selection
  /** Contacts that were on the screen; whatever is ticked by itself is among them. */
  seen: ReadonlyMap<string, Named>
  acts: ContactActs
  clear(): void
}

/** What can be done with the ticked contacts. */
export function ContactsBulk({ list, search, total, selection, seen, acts, clear }: Props) {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const [reading, setReading] = useState(false)
  const ticked = async (): Promise<Named[]> => {
    if (!selection.all) return [...selection.ids].flatMap((id) => seen.get(id) ?? [])
    const all = await every(client, EVERY_CONTACT, { list, search: search || null }, everyOf)
    return all.filter((contact) => !selection.ids.has(contact.id))
  }
  const run = (act: (contacts: readonly Named[]) => Promise<void>) => async () => {
    setReading(true)
    try {
      const contacts = await ticked()
      setReading(false)
      await act(contacts)
      clear()
    } catch {
      setReading(false)
      failed(t('frame:error.away'))
    }
  }
  const button = { size: 'compact-sm', variant: 'light', loading: reading } as const
  return (
    <BulkBar count={selection.all ? total - selection.ids.size : selection.ids.size} clear={clear}>
      <Button {...button} leftSection={<IconMailOff size={15} />} onClick={run(acts.unsubscribe)}>
        {t('act.unsubscribe')}
      </Button>
      <Button {...button} leftSection={<IconMailCheck size={15} />} onClick={run(acts.resubscribe)}>
        {t('act.resubscribe')}
      </Button>
      <Button {...button} color="red" leftSection={<IconTrash size={15} />} onClick={run(acts.removeAll)}>
        {t('act.remove')}
      </Button>
    </BulkBar>
  )
}
