// The lead that is open, beside the list.

import { ActionIcon, Group, ScrollArea, Text, Title, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconDots, IconTrash, IconX } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { refuses } from '../../api/client'
import { useLiveQuery } from '../../api/live'
import { useInsider } from '../../app/session'
import { Away } from '../../ui/away'
import { Gone } from '../../ui/gone'
import { Menu } from '../../ui/menu'
import { Opening } from '../../ui/opening'
import { useDeeds } from './deeds'
import { LeadDetails } from './details'
import classes from './leads.module.css'
import { LEAD, type Lead } from './queries'
import { leadName } from './words'

interface Props {
  id: string
  frame: RefObject<HTMLElement | null>
  list: RefObject<HTMLElement | null>
  /** Whether the lead was chosen, rather than passed by in the list: then the focus comes here. */
  entered: RefObject<boolean>
  step(by: 1 | -1): void
  close(): void
}

/** A lead: who it is, how far, whose and why. */
export function Panel({ id, frame, list, entered, step, close }: Props) {
  const { t } = useTranslation('leads')
  const { data, error, refresh } = useLiveQuery({ query: LEAD, variables: { id } })
  const lead = data?.node?.__typename === 'Lead' ? data.node : undefined
  const gone = error ? refuses(error) : data !== undefined
  const title = useRef<HTMLHeadingElement>(null)
  const there = lead !== undefined
  useEffect(() => {
    if (!there) return
    const elsewhere = list.current?.contains(document.activeElement)
    if (entered.current || !elsewhere) title.current?.focus({ preventScroll: true })
    entered.current = false
  }, [there, entered, list])

  return (
    <aside className={classes.panel} ref={frame} aria-label={t('panel.label')}>
      <Group justify="space-between" wrap="nowrap" px="md" py="xs" gap="xs" className={classes.panelHead}>
        <Title order={2} size="h4" lineClamp={1} ref={title} tabIndex={-1} className={classes.panelTitle}>
          {lead ? leadName(lead) : ' '}
        </Title>
        <Group gap={2} wrap="nowrap">
          <Tool label={t('panel.previous')} hint="K" onClick={() => step(-1)}>
            <IconChevronUp size={18} stroke={1.7} />
          </Tool>
          <Tool label={t('panel.next')} hint="J" onClick={() => step(1)}>
            <IconChevronDown size={18} stroke={1.7} />
          </Tool>
          {lead && <More lead={lead} close={close} />}
          <Tool label={t('panel.close')} hint="Esc" onClick={close}>
            <IconX size={18} stroke={1.7} />
          </Tool>
        </Group>
      </Group>
      <ScrollArea flex={1} type="auto">
        {lead && data ? (
          <LeadDetails key={lead.id} lead={lead} why={data.whyAssigned} />
        ) : gone ? (
          <Gone to="/leads" back={t('panel.back')} />
        ) : error ? (
          <Away error={error} again={refresh} />
        ) : (
          <Opening />
        )}
      </ScrollArea>
    </aside>
  )
}

function Tool({ label, hint, onClick, children }: { label: string; hint: string; onClick(): void; children: ReactNode }) {
  return (
    <Tooltip label={`${label} (${hint})`}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function More({ lead, close }: { lead: Lead; close(): void }) {
  const { t } = useTranslation('leads')
  const { collaborator: me } = useInsider()
  const { erase } = useDeeds()
  if (me.role === 'MEMBER' || lead.campaign.myLevel !== 'EDIT') return null
  const remove = async () => {
    if (await erase([lead])) close()
  }
  return (
    <Menu
      width={230}
      target={
        <ActionIcon aria-label={t('panel.actions')}>
          <IconDots size={18} stroke={1.7} />
        </ActionIcon>
      }
    >
      <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.7} />} onClick={remove}>
        <Text size="sm">{t('panel.delete')}</Text>
      </Menu.Item>
    </Menu>
  )
}
