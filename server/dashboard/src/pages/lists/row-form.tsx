import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Conflict, Conflicts, type Decision } from '../../ui/conflicts'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import classes from './panel.module.css'

/** What came of saving; for what others have changed meanwhile, the version that it is at now. */
export type Saving = 'saved' | 'refused' | { version: number; conflicts: Conflict[] }

interface Props<Draft> {
  row: { createdAt: string; changedAt: string }
  mayChange: boolean
  draft: Draft
  /** Whether the draft says something that the row does not. */
  dirty: boolean
  setDirty(dirty: boolean): void
  save(draft: Draft): Promise<Saving>
  /** What is left to save after decisions about the row as it is at a version, if anything. */
  decide(version: number, decisions: Record<string, Decision>): Draft | undefined
  /** What is said when all is saved. */
  saved: string
  /** Why it was refused, where no field says so. */
  wrong: string | undefined
  remove(): Promise<void>
  close(): void
  /** The fields. */
  children: ReactNode
}

/** The fields of a row, and what is done with them. */
export function RowForm<Draft>({ row, mayChange, draft, dirty, setDirty, save, decide, saved, wrong, remove, close, children }: Props<Draft>) {
  const { t } = useTranslation(['lists', 'frame'])
  const [conflict, setConflict] = useState<{ version: number; conflicts: Conflict[] }>()
  const [busy, setBusy] = useState(false)
  useEffect(() => setDirty(dirty), [dirty, setDirty])
  const send = async (of: Draft) => {
    setBusy(true)
    const saving = await save(of)
    setBusy(false)
    if (saving === 'refused') return
    if (saving !== 'saved') return setConflict(saving)
    told(saved)
    close()
  }
  const decided = (version: number, decisions: Record<string, Decision>) => {
    setConflict(undefined)
    const left = decide(version, decisions)
    if (left === undefined) close()
    else void send(left)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && dirty) void send(draft)
  }
  return (
    <form onSubmit={submit} noValidate>
      {conflict && (
        <Conflicts
          opened
          close={() => setConflict(undefined)}
          conflicts={conflict.conflicts}
          by={undefined}
          decide={(decisions) => decided(conflict.version, decisions)}
        />
      )}
      <Stack gap="sm">
        {children}
        {wrong && (
          <Text size="sm" role="alert" className={classes.wrong}>
            {wrong}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('panel.created')} <Ago moment={row.createdAt} /> · {t('panel.changed')} <Ago moment={row.changedAt} />
        </Text>
        {mayChange && (
          <Group justify="space-between" className={classes.foot}>
            <Button
              variant="subtle"
              color="red"
              onClick={async () => {
                close()
                await remove()
              }}
            >
              {t('act.remove')}
            </Button>
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('frame:save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
