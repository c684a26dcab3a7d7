import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { CombinedError } from '@urql/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadFilter } from '../../api/gql/graphql'
import { useInsider } from '../../app/session'
import { BulkBar } from '../../ui/bulk-bar'
import { Menu } from '../../ui/menu'
import type { Selection } from '../../ui/rows'
import { useSentence } from '../../ui/sentence'
import { tickedCount } from '../../ui/ticked'
import { failed } from '../../ui/told'
import { useChosen, useDeeds } from './deeds'
import { PeopleMenu } from './people-menu'
import type { Chosen } from './queries'
import { StateItems } from './state'

interface Props {
  selection: Selection
  /** How many leads the list has. */
  total: number
  filter: LeadFilter | null
  /** The campaign of all of them, where they are of one. */
  campaign: string | undefined
  clear(): void
}

/** What can be done with the ticked leads. */
export function Bulk({ selection, total, filter, campaign, clear }: Props) {
  const { t } = useTranslation('leads')
  const { collaborator: me } = useInsider()
  const sentence = useSentence()
  const chosen = useChosen()
  const deeds = useDeeds()
  const [busy, setBusy] = useState(false)

  const run = async (deed: (leads: Chosen[]) => Promise<boolean>) => {
    setBusy(true)
    try {
      const leads = await chosen(selection, filter)
      if (leads.length === 0) failed(t('bulk.none'))
      else if (await deed(leads)) clear()
    } catch (error) {
      if (!(error instanceof CombinedError)) throw error
      failed(sentence(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <BulkBar count={tickedCount(selection, total)} clear={clear}>
      <Menu
        position="top-start"
        width={180}
        target={
          <Button variant="light" size="compact-sm" disabled={busy}>
            {t('bulk.state')}
          </Button>
        }
      >
        <StateItems choose={(state) => run((leads) => deeds.state(leads, state))} />
      </Menu>
      <PeopleMenu
        campaign={campaign}
        now={undefined}
        choose={(person) => run((leads) => deeds.give(leads, person))}
        target={({ toggle, opened }) => (
          <Button variant="light" size="compact-sm" disabled={busy} onClick={toggle} aria-haspopup="listbox" aria-expanded={opened}>
            {t('bulk.assign')}
          </Button>
        )}
      />
      {me.role !== 'MEMBER' && (
        <Button variant="light" color="red" size="compact-sm" disabled={busy} leftSection={<IconTrash size={15} />} onClick={() => run(deeds.erase)}>
          {t('bulk.delete')}
        </Button>
      )}
    </BulkBar>
  )
}
