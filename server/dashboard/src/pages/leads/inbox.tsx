// The list of leads, newest first.

import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowUp, IconClock } from '@tabler/icons-react'
import { createContext, type RefObject, useCallback, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListWindow } from '../../api/window'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'
import { type Column, Rows, type Selection } from '../../ui/rows'
import { Ago } from '../../ui/time'
import { TextLink } from '../items/link'
import classes from './leads.module.css'
import type { LeadRow } from './queries'
import { StateMark } from './state'
import { useStay } from './stay'
import { leadName } from './words'

const rowHeight = 52

interface Props {
  list: ListWindow<LeadRow>
  /** What the list is of: another begins at its top. */
  /** Id of the lead that is open. */
  open: string | undefined
  selection: Selection
  /** Undefined where the viewer can do nothing with several leads. */
  select: ((selection: Selection) => void) | undefined
  frame: RefObject<HTMLDivElement | null>
  /** Called when a row is chosen, rather than passed by. */
  entered(): void
}

/** The leads that match. */
export function Inbox({ list, open, selection, select, frame, entered }: Props) {
  const { t } = useTranslation('leads')
  const columns = useColumns(open !== undefined)
  const chosen = useMemo(() => ({ open, entered }), [open, entered])
  const { above, seen, toTop } = useStay(frame, list, rowHeight)
  const id = useCallback((lead: LeadRow) => lead.id, [])
  return (
    <Chosen value={chosen}>
      <div className={classes.list} ref={frame} onScrollCapture={seen}>
        <div role="status">
          {above > 0 && (
            <Button className={classes.arrived} size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={toTop}>
              {t('arrived', { count: above })}
            </Button>
          )}
        </div>
        <Rows
          label={t('title')}
          list={list}
          columns={columns}
          id={id}
          name={(lead: LeadRow) => leadName(lead)}
          rowHeight={rowHeight}
          {...(select && { selection, select })}
        />
      </div>
    </Chosen>
  )
}

/** Which row is open. It is not in the columns: cells of other columns would be other elements, and the focus be lost. */
const Chosen = createContext<{ open: string | undefined; entered(): void }>({ open: undefined, entered: () => {} })

function useColumns(tight: boolean): Column<LeadRow>[] {
  const { t } = useTranslation('leads')
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const all = useMemo(
    (): Column<LeadRow>[] => [
      {
        id: 'lead',
        header: t('column.lead'),
        width: 'minmax(0, 3fr)',
        cell: ({ row }) => <Name lead={row.original} />,
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(0, 2fr)',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" truncate>
            {row.original.campaign.name}
          </Text>
        ),
      },
      {
        id: 'assignee',
        header: () => (narrow ? <VisuallyHidden>{t('column.assignee')}</VisuallyHidden> : t('column.assignee')),
        width: narrow ? '30px' : 'minmax(0, 1.4fr)',
        cell: ({ row }) => <Assignee lead={row.original} narrow={narrow} />,
      },
      { id: 'state', header: t('column.state'), width: '104px', cell: ({ row }) => <StateMark state={row.original.state} /> },
      {
        id: 'came',
        header: t('column.came'),
        width: '124px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed" truncate>
            <Ago moment={row.original.createdAt} />
          </Text>
        ),
      },
    ],
    [t, narrow],
  )
  return useMemo(() => (tight && !narrow ? all.filter((c) => c.id !== 'campaign' && c.id !== 'came') : all), [all, tight, narrow])
}

function Name({ lead }: { lead: LeadRow }) {
  const { open, entered } = useContext(Chosen)
  const name = leadName(lead)
  const second = [lead.email, lead.phone, lead.source].filter((text) => text && text !== name)
  return (
    <>
      <TextLink
        to="/leads"
        search={(before) => ({ ...before, lead: lead.id })}
        resetScroll={false}
        size="sm"
        fw={500}
        c="inherit"
        underline="never"
        className={classes.link}
        data-lead={lead.id}
        aria-current={lead.id === open || undefined}
        onClick={entered}
      >
        {name}
      </TextLink>
      <Text size="xs" c="dimmed" truncate>
        {second.slice(0, 2).join(' · ')}
      </Text>
    </>
  )
}

function Assignee({ lead, narrow }: { lead: LeadRow; narrow: boolean }) {
  const { t } = useTranslation('leads')
  const { assignee } = lead
  if (assignee) {
    return (
      <Group gap={8} wrap="nowrap" title={nameOf(assignee)}>
        <Monogram name={nameOf(assignee)} small />
        {narrow ? (
          <VisuallyHidden>{nameOf(assignee)}</VisuallyHidden>
        ) : (
          <Text size="sm" truncate>
            {nameOf(assignee)}
          </Text>
        )}
      </Group>
    )
  }
  if (lead.state === 'WON' || lead.state === 'LOST') return null
  return (
    <Group gap={8} wrap="nowrap" c="light-dark(#ad3a06, var(--mantine-color-yellow-4))" title={t('waits')}>
      <IconClock size={17} stroke={1.8} aria-hidden />
      {narrow ? <VisuallyHidden>{t('waits')}</VisuallyHidden> : <Text size="sm">{t('waits')}</Text>}
    </Group>
  )
}
