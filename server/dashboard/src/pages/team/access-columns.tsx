import { Badge, Checkbox, Stack, Text, Tooltip } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../ui/rows'
import classes from './access.module.css'
import type { AccessRow } from './access-list'
import { type Counts, type Draft, drafted, type Has, set, setAll } from './draft'

interface Props {
  draft: Draft
  setDraft(change: (draft: Draft) => Draft): void
  /** How many boxes will be ticked once the draft is saved. */
  counts: Counts | undefined
  foreign(row: AccessRow): boolean
  /** Whether the draft is being saved: nothing can be ticked meanwhile. */
  busy: boolean
  /** Whether access can only be added: for several people. */
  adds: boolean
  /** Whether the person is an owner, who has access to everything. */
  owner: boolean
}

const fields = ['canAccess', 'roundRobin'] as const

/** The columns of the access window: the campaign, can access, round robin (T2). */
export function useAccessColumns({ draft, setDraft, counts, foreign, busy, adds, owner }: Props): Column<AccessRow>[] {
  const { t, i18n } = useTranslation('team')
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language)
    return [
      {
        id: 'name',
        header: t('access.campaign'),
        width: 'minmax(0, 1fr)',
        cell: ({ row: { original: row } }) => <Name row={row} draft={draft} foreign={!busy && foreign(row)} adds={adds} />,
      },
      ...fields.map(
        (field): Column<AccessRow> => ({
          id: field,
          width: 'clamp(88px, 19vw, 190px)',
          header: () => {
            const n = counts?.[field] ?? 0
            const every = counts !== undefined && counts.total > 0 && n === counts.total
            const locked = busy || (owner && field === 'canAccess')
            return (
              <Stack gap={2} py={6}>
                <Checkbox
                  size="sm"
                  label={t(`access.${field}`)}
                  aria-label={t(`access.all.${field}`, { count: counts?.total ?? 0 })}
                  classNames={{ label: classes.label }}
                  checked={every}
                  indeterminate={n > 0 && !every}
                  disabled={locked || counts === undefined}
                  onChange={() => setDraft((d) => (every && adds ? withoutAll(d, field) : setAll(d, field, !every)))}
                />
                <Text size="xs" c="dimmed" className={classes.count}>
                  {counts === undefined ? ' ' : t('access.of', { n: number.format(n), total: number.format(counts.total) })}
                </Text>
              </Stack>
            )
          },
          cell: ({ row: { original: row } }) => {
            const has = drafted(draft, row)
            const why = field === 'canAccess' && !row.mayRemove && row.reason ? t(`access.keeps.${row.reason === 'CREATOR' ? 'CREATOR' : 'OWNER'}`) : undefined
            return (
              <Tooltip label={why} disabled={why === undefined} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
                <Checkbox
                  aria-label={`${t(`access.${field}`)}: ${row.name}`}
                  aria-disabled={why !== undefined || undefined}
                  wrapperProps={{ 'data-kept': why !== undefined || undefined }}
                  className={classes.box}
                  checked={has[field]}
                  disabled={busy}
                  onChange={(event) => {
                    const { checked } = event.currentTarget
                    if (why === undefined) setDraft((d) => set(d, row, field, checked))
                  }}
                />
              </Tooltip>
            )
          },
        }),
      ),
    ]
  }, [t, i18n.language, draft, setDraft, counts, foreign, busy, adds, owner])
}

/** For several people unticking all gives nothing, rather than taking something away (T10). */
function withoutAll(draft: Draft, field: keyof Has): Draft {
  return field === 'canAccess' ? { all: {}, changes: new Map() } : setAll(draft, field, false)
}

/** The campaign's name; below it what the draft does to it, or why it is as it is. */
function Name({ row, draft, foreign, adds }: { row: AccessRow; draft: Draft; foreign: boolean; adds: boolean }) {
  const { t } = useTranslation('team')
  const has = drafted(draft, row)
  const marks = [
    has.canAccess !== row.canAccess && t(has.canAccess ? 'access.mark.added' : 'access.mark.removed'),
    has.roundRobin !== row.roundRobin && t(has.roundRobin ? 'access.mark.on' : 'access.mark.off'),
  ].filter((mark) => mark !== false)
  const about = row.reason && t(`reason.${row.reason}`)
  return (
    <div data-changed={marks.length > 0 || undefined}>
      <Text size="sm" fw={500} truncate title={row.name}>
        {row.name}{' '}
        {row.archived && (
          <Badge size="xs" variant="default">
            {t('access.archived')}
          </Badge>
        )}
      </Text>
      {foreign ? (
        <Text size="xs" className={classes.foreign} truncate>
          {[...marks, t('access.foreign')].join(' · ')}
        </Text>
      ) : marks.length > 0 ? (
        <Text size="xs" className={classes.mark} truncate>
          {marks.join(' · ')}
        </Text>
      ) : (
        !adds && (
          <Text size="xs" c="dimmed" truncate>
            {about}
          </Text>
        )
      )}
    </div>
  )
}
