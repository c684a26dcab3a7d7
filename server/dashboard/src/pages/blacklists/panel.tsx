import { Button, Drawer, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import type { BlacklistReason } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { Away } from '../../ui/away'
import { useConfirm } from '../../ui/confirm'
import { type Conflict, Conflicts, type Decision } from '../../ui/conflicts'
import { Opening } from '../../ui/opening'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import classes from '../lists/panel.module.css'
import { useWhy } from '../lists/wrong'
import type { EntryActs } from './acts'
import { CHANGE_ENTRY, type Entry, ONE_ENTRY } from './query'
import { ReasonField } from './reason-field'

interface Props {
  blacklist: string
  /** The entry that is open. */
  id: string
  mayChange: boolean
  acts: EntryActs
  close(): void
}

/** One entry, at the side of the table. Its address or domain never changes. */
export function EntryPanel({ blacklist, id, mayChange, acts, close }: Props) {
  const { t } = useTranslation(['lists', 'frame'])
  const ask = useConfirm()
  const [dirty, setDirty] = useState(false)
  const { data, error, refresh } = useLiveQuery({ query: ONE_ENTRY, variables: { id }, follows: { rows: blacklist } })
  const entry = data?.node && 'value' in data.node ? data.node : undefined
  const leave = async () => {
    if (!dirty || (await ask({ title: t('panel.discardTitle'), words: t('panel.discardWords'), yes: t('panel.discard'), danger: true }))) close()
  }
  return (
    <Drawer
      opened
      onClose={leave}
      position="right"
      size={440}
      overlayProps={{ backgroundOpacity: 0.25 }}
      title={t('entry.title')}
      closeButtonProps={{ 'aria-label': t('frame:close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {error && !entry ? (
        <Away error={error} again={refresh} />
      ) : entry ? (
        <Fields key={id} entry={entry} mayChange={mayChange} acts={acts} setDirty={setDirty} close={close} />
      ) : data ? (
        <Text size="sm">{t('entry.gone')}</Text>
      ) : (
        <Opening />
      )}
    </Drawer>
  )
}

interface Draft {
  /** The version that was on the screen when the first of it was typed. */
  base: number
  reason?: BlacklistReason
  note?: string
}

function Fields({ entry, mayChange, acts, setDirty, close }: Omit<Props, 'blacklist' | 'id'> & { entry: Entry; setDirty(dirty: boolean): void }) {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const why = useWhy()
  const [draft, setDraft] = useState<Draft>()
  const [conflict, setConflict] = useState<{ version: number; fields: Conflict[] }>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const set = (change: Omit<Draft, 'base'>) => {
    setDraft({ ...(draft ?? { base: entry.version }), ...change })
    setDirty(true)
  }
  const { reason = entry.reason, note = entry.note } = draft ?? {}
  const dirty = reason !== entry.reason || note !== entry.note
  const send = async ({ base, ...change }: Draft) => {
    setBusy(true)
    const { data, error } = await client.mutation(CHANGE_ENTRY, { input: { id: entry.id, baseVersion: base, ...change } }).toPromise()
    setBusy(false)
    const said = why(error, data?.changeBlacklistEntry.errors)
    setWrong(said)
    if (said !== undefined) return
    const { entry: now, conflicts } = data?.changeBlacklistEntry ?? { entry: null, conflicts: [] }
    if (now && conflicts.length > 0) {
      const fields = conflicts.map(({ field, theirs }) =>
        field === 'reason'
          ? { field, label: t('column.reason'), mine: t(`entry.reason.${change.reason ?? now.reason}`), theirs: t(`entry.reason.${now.reason}`) }
          : { field, label: t('column.note'), mine: change.note ?? '', theirs },
      )
      setConflict({ version: now.version, fields })
      return
    }
    told(t('entry.saved'))
    close()
  }
  const decide = (version: number, decisions: Record<string, Decision>) => {
    setConflict(undefined)
    const left: Draft = { base: version }
    if (draft?.reason !== undefined && decisions.reason !== 'theirs') left.reason = draft.reason
    if (draft?.note !== undefined && decisions.note !== 'theirs') left.note = draft.note
    setDraft(left)
    if (left.reason === undefined && left.note === undefined) close()
    else void send(left)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && draft && dirty) void send(draft)
  }
  return (
    <form onSubmit={submit} noValidate>
      {conflict && (
        <Conflicts
          opened
          close={() => setConflict(undefined)}
          conflicts={conflict.fields}
          by={undefined}
          decide={(decisions) => decide(conflict.version, decisions)}
        />
      )}
      <Stack gap="sm">
        <div>
          <Title order={3} size="h5" className={classes.value}>
            {entry.value}
          </Title>
          {entry.kind === 'DOMAIN' && (
            <Text size="sm" c="dimmed">
              {t('entry.domainWords')}
            </Text>
          )}
        </div>
        <ReasonField value={reason} change={(value) => set({ reason: value })} disabled={!mayChange} />
        <div>
          <Textarea
            label={t('column.note')}
            value={note}
            onChange={(event) => set({ note: event.currentTarget.value })}
            readOnly={!mayChange}
            autosize
            minRows={3}
            maxLength={500}
          />
        </div>
        {wrong && (
          <Text size="sm" role="alert" className={classes.wrong}>
            {wrong}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('panel.created')} <Ago moment={entry.createdAt} /> · {t('panel.changed')} <Ago moment={entry.changedAt} />
        </Text>
        {mayChange && (
          <Group justify="space-between" mt="xs">
            <Button
              variant="subtle"
              color="red"
              onClick={async () => {
                close()
                await acts.remove([entry])
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
