import { Button, Drawer, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { useLiveQuery } from '../../api/live'
import { Away } from '../../ui/away'
import { useConfirm } from '../../ui/confirm'
import { type Conflict, Conflicts, type Decision } from '../../ui/conflicts'
import { Opening } from '../../ui/opening'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import type { ContactActs } from './acts'
import { State } from './columns'
import { type Draft, furtherField, inputOf, isEmpty, textFields, useDraft, without } from './draft'
import { Further } from './further'
import classes from './panel.module.css'
import { CHANGE_CONTACT, type Contact, ONE_CONTACT } from './query'
import { useWhy, type Wrong } from './wrong'

interface Props {
  list: string
  /** The contact that is open. */
  id: string
  /** Further fields that contacts of this list have. */
  names: readonly string[]
  mayChange: boolean
  acts: ContactActs
  close(): void
}

/** All of one contact, at the side of the table. */
export function ContactPanel({ list, id, names, mayChange, acts, close }: Props) {
  const { t } = useTranslation(['lists', 'frame'])
  const ask = useConfirm()
  const [dirty, setDirty] = useState(false)
  const { data, error, refresh } = useLiveQuery({ query: ONE_CONTACT, variables: { id }, follows: { rows: list } })
  const contact = data?.node && 'email' in data.node ? data.node : undefined
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
      title={t('panel.title')}
      closeButtonProps={{ 'aria-label': t('frame:close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {error && !contact ? (
        <Away error={error} again={refresh} />
      ) : contact ? (
        <Fields key={id} contact={contact} names={names} mayChange={mayChange} acts={acts} setDirty={setDirty} close={close} />
      ) : data ? (
        <Text size="sm">{t('panel.gone')}</Text>
      ) : (
        <Opening />
      )}
    </Drawer>
  )
}

interface FieldsProps extends Omit<Props, 'list' | 'id'> {
  contact: Contact
  setDirty(dirty: boolean): void
}

function Fields({ contact, names, mayChange, acts, setDirty, close }: FieldsProps) {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const why = useWhy()
  const { draft, set, setField, replace } = useDraft(contact.version)
  const [conflict, setConflict] = useState<{ version: number; fields: Conflict[] }>()
  const [wrong, setWrong] = useState<Wrong & { said: string }>()
  const [busy, setBusy] = useState(false)
  const dirty = !isEmpty(draft, contact)
  useEffect(() => setDirty(dirty), [dirty, setDirty])

  const labelOf = useCallback(
    (field: string) => {
      const known = textFields.find((name) => name === field)
      return known ? t(`column.${known}`) : field.replace(furtherField, '')
    },
    [t],
  )

  const send = useCallback(
    async (of: Draft) => {
      setBusy(true)
      const { data, error } = await client.mutation(CHANGE_CONTACT, { input: inputOf(contact.id, of) }).toPromise()
      setBusy(false)
      const said = why(error, data?.changeContact.errors)
      if (said !== undefined) {
        setWrong({ ...(data?.changeContact.errors[0] ?? { code: 'INVALID', message: said }), said })
        return
      }
      setWrong(undefined)
      const { contact: now, conflicts } = data?.changeContact ?? { contact: null, conflicts: [] }
      if (now && conflicts.length > 0) {
        const fields = conflicts.map(({ field, yours, theirs }) => ({ field, label: labelOf(field), mine: yours, theirs }))
        setConflict({ version: now.version, fields })
        return
      }
      told(t('panel.saved'))
      close()
    },
    [client, contact.id, why, labelOf, t, close],
  )
  const decide = (version: number, decisions: Record<string, Decision>) => {
    setConflict(undefined)
    const left = without({ ...draft, base: version }, (field) => decisions[field] === 'theirs')
    replace(left)
    if (isEmpty(left, contact)) close()
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
          conflicts={conflict.fields}
          by={undefined}
          decide={(decisions) => decide(conflict.version, decisions)}
        />
      )}
      <Stack gap="sm">
        <StateLine contact={contact} mayChange={mayChange} acts={acts} />
        {textFields.map((name, i) => (
          <div key={name}>
            <TextInput
              label={t(`column.${name}`)}
              value={draft.texts[name] ?? contact[name]}
              onChange={(event) => set(name, event.currentTarget.value)}
              readOnly={!mayChange}
              error={wrong?.field === name ? wrong.said : undefined}
              data-autofocus={i === 0 || undefined}
              autoComplete="off"
            />
          </div>
        ))}
        <Further contact={contact} draft={draft} names={names} set={setField} mayChange={mayChange} />
        {wrong && !textFields.some((name) => name === wrong.field) && (
          <Text size="sm" role="alert" className={classes.wrong}>
            {wrong.said}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('panel.created')} <Ago moment={contact.createdAt} /> · {t('panel.changed')} <Ago moment={contact.changedAt} />
        </Text>
        {mayChange && (
          <Group justify="space-between" className={classes.foot}>
            <Button
              variant="subtle"
              color="red"
              onClick={async () => {
                close()
                await acts.remove(contact)
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

function StateLine({ contact, mayChange, acts }: { contact: Contact; mayChange: boolean; acts: ContactActs }) {
  const { t } = useTranslation('lists')
  const mailed = contact.state === 'SUBSCRIBED'
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" mt={4}>
      <div>
        <State of={contact.state} />
        <Text size="xs" c="dimmed">
          {t(`stateWords.${contact.state}`)}
        </Text>
      </div>
      {mayChange && (
        <Button variant="default" size="xs" flex="none" onClick={() => (mailed ? acts.unsubscribe([contact]) : acts.resubscribe([contact]))}>
          {mailed ? t('act.unsubscribe') : t('act.resubscribe')}
        </Button>
      )}
    </Group>
  )
}
