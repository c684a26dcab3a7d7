import { Text, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import type { BlacklistReason } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import type { Decision } from '../../ui/conflicts'
import classes from '../lists/panel.module.css'
import { RowForm, type Saving } from '../lists/row-form'
import { RowPanel } from '../lists/row-panel'
import { useWhy } from '../lists/wrong'
import type { EntryActs } from './acts'
import { CHANGE_ENTRY, type Entry, ONE_ENTRY } from './query'
import { ReasonField } from './reason-field'

interface Props {
  /** The entry that is open. */
  id: string
  mayChange: boolean
  acts: EntryActs
  close(): void
}

/** One entry, at the side of the table. Its address or domain never changes. */
export function EntryPanel({ id, mayChange, acts, close }: Props) {
  const { t } = useTranslation('lists')
  const reading = useLiveQuery({ query: ONE_ENTRY, variables: { id } })
  const node = reading.data?.node
  return (
    <RowPanel title={t('entry.title')} gone={t('entry.gone')} reading={reading} row={node && 'value' in node ? node : undefined} close={close}>
      {(entry, setDirty) => <Fields key={id} entry={entry} mayChange={mayChange} acts={acts} setDirty={setDirty} close={close} />}
    </RowPanel>
  )
}

interface Draft {
  /** The version that was on the screen when the first of it was typed. */
  base: number
  reason?: BlacklistReason
  note?: string
}

interface FieldsProps extends Omit<Props, 'blacklist' | 'id'> {
  entry: Entry
  setDirty(dirty: boolean): void
}

function Fields({ entry, mayChange, acts, setDirty, close }: FieldsProps) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const [typed, setTyped] = useState<Draft>()
  const [wrong, setWrong] = useState<string>()
  const draft = typed ?? { base: entry.version }
  const { reason = entry.reason, note = entry.note } = draft
  const set = (change: Omit<Draft, 'base'>) => setTyped({ ...draft, ...change })

  const save = async ({ base, ...change }: Draft): Promise<Saving> => {
    const { data, error } = await client.mutation(CHANGE_ENTRY, { input: { id: entry.id, baseVersion: base, ...change } }).toPromise()
    const said = why(error, data?.changeBlacklistEntry.errors)
    setWrong(said)
    if (said !== undefined) return 'refused'
    const { entry: now, conflicts } = data?.changeBlacklistEntry ?? { entry: null, conflicts: [] }
    if (!now || conflicts.length === 0) return 'saved'
    const fields = conflicts.map(({ field, theirs }) =>
      field === 'reason'
        ? { field, label: t('column.reason'), mine: t(`entry.reason.${change.reason ?? now.reason}`), theirs: t(`entry.reason.${now.reason}`) }
        : { field, label: t('column.note'), mine: change.note ?? '', theirs },
    )
    return { version: now.version, conflicts: fields }
  }
  const decide = (version: number, decisions: Record<string, Decision>) => {
    const left: Draft = { base: version }
    if (draft.reason !== undefined && decisions.reason !== 'theirs') left.reason = draft.reason
    if (draft.note !== undefined && decisions.note !== 'theirs') left.note = draft.note
    setTyped(left)
    return left.reason === undefined && left.note === undefined ? undefined : left
  }

  return (
    <RowForm
      row={entry}
      mayChange={mayChange}
      draft={draft}
      dirty={reason !== entry.reason || note !== entry.note}
      setDirty={setDirty}
      save={save}
      decide={decide}
      saved={t('entry.saved')}
      wrong={wrong}
      remove={() => acts.remove([entry])}
      close={close}
    >
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
        />
      </div>
    </RowForm>
  )
}
