import { Badge, Chip, Group, Text } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InviteOutcome, InvitePeopleMutation } from '../../api/gql/graphql'
import type { ListWindow } from '../../api/window'
import { type Column, Rows } from '../../ui/rows'
import classes from './sharing.module.css'

type Line = InvitePeopleMutation['invitePeople']['lines'][number]

const outcomes: readonly InviteOutcome[] = ['REFUSED', 'INVITED', 'ALREADY_INVITED', 'ALREADY_IN']
/** An outcome, and beneath it why. */
const rowHeight = 64

const colors = { REFUSED: 'red', INVITED: 'green', ALREADY_INVITED: 'gray', ALREADY_IN: 'gray' } as const

/** What happens to each line of a file, or would. */
export function Outcomes({ lines, done }: { lines: readonly Line[]; done: boolean }) {
  const { t } = useTranslation(['sharing', 'frame'])
  const named = useCallback((outcome: InviteOutcome) => (outcome === 'INVITED' && !done ? t('outcome.would') : t(`outcome.${outcome}`)), [t, done])
  const [only, setOnly] = useState<InviteOutcome | null>(null)
  const shown = useMemo(() => lines.filter((l) => only === null || l.outcome === only), [lines, only])
  const list = useMemo<ListWindow<Line>>(() => listOf(shown), [shown])
  const columns = useMemo<Column<Line>[]>(
    () => [
      { id: 'line', header: t('file.line'), width: '56px', cell: ({ row }) => <Text size="sm">{row.original.line}</Text> },
      {
        id: 'email',
        header: t('field.email'),
        cell: ({ row }) => (
          <Text size="sm" truncate title={row.original.email}>
            {row.original.email || '–'}
          </Text>
        ),
      },
      {
        id: 'outcome',
        header: t('file.outcome'),
        width: 'minmax(0, 1.3fr)',
        cell: ({ row }) => (
          <div>
            <Badge variant="light" color={colors[row.original.outcome]}>
              {named(row.original.outcome)}
            </Badge>
            {row.original.message && (
              <Text size="xs" c="dimmed" lineClamp={2} className={classes.message} title={row.original.message}>
                {row.original.message}
              </Text>
            )}
          </div>
        ),
      },
    ],
    [t, named],
  )
  const count = (outcome: InviteOutcome) => lines.filter((l) => l.outcome === outcome).length
  return (
    <>
      <Group gap={6} role="group" aria-label={t('file.only')}>
        <Chip size="xs" checked={only === null} onChange={() => setOnly(null)}>
          {t('file.all', { count: lines.length })}
        </Chip>
        {outcomes
          .filter((o) => count(o) > 0)
          .map((o) => (
            <Chip key={o} size="xs" checked={only === o} onChange={() => setOnly(only === o ? null : o)}>
              {named(o)} {count(o)}
            </Chip>
          ))}
      </Group>
      <div className={classes.lines} style={{ height: `min(48vh, ${39 + Math.min(6, Math.max(2, lines.length)) * rowHeight}px)` }}>
        <Rows label={t('file.tryTitle')} list={list} columns={columns} id={(l) => String(l.line)} name={(l) => l.email} rowHeight={rowHeight} />
      </div>
    </>
  )
}

/** Rows that are all there already, as a list. */
function listOf<Row>(rows: readonly Row[]): ListWindow<Row> {
  return { key: '', total: rows.length, row: (index) => rows[index], show: () => {}, error: undefined, changing: false, refresh: () => {} }
}
