import { Button } from '@mantine/core'
import { IconMailCheck, IconMailOff, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { BulkBar } from '../../ui/bulk-bar'
import { tickedCount } from '../../ui/ticked'
import type { ContactActs, Named } from './acts'
import { EVERY_CONTACT, everyOf } from './query'
import type { View } from './view'
import { useWithTicked } from './with-ticked'

interface Props {
  list: string
  view: View<Named>
  total: number
  acts: ContactActs
}

/** What can be done with the ticked contacts. */
export function ContactsBulk({ list, view, total, acts }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const [run, reading] = useWithTicked(view, () => every(client, EVERY_CONTACT, { list, search: view.search || null }, everyOf))
  const button = { size: 'compact-sm', variant: 'light', loading: reading } as const
  return (
    <BulkBar count={tickedCount(view.selection, total)} clear={view.clear}>
      <Button {...button} leftSection={<IconMailOff size={15} />} onClick={() => run(acts.unsubscribe)}>
        {t('act.unsubscribe')}
      </Button>
      <Button {...button} leftSection={<IconMailCheck size={15} />} onClick={() => run(acts.resubscribe)}>
        {t('act.resubscribe')}
      </Button>
      <Button {...button} color="red" leftSection={<IconTrash size={15} />} onClick={() => run(acts.removeAll)}>
        {t('act.remove')}
      </Button>
    </BulkBar>
  )
}
