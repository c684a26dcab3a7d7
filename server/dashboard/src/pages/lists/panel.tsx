import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { useLiveQuery } from '../../api/live'
import type { Decision } from '../../ui/conflicts'
import type { ContactActs } from './acts'
import { State } from './columns'
import { type Draft, furtherField, inputOf, isEmpty, textFields, useDraft, without } from './draft'
import { Further } from './further'
import { CHANGE_CONTACT, type Contact, ONE_CONTACT } from './query'
import { RowForm, type Saving } from './row-form'
import { RowPanel } from './row-panel'
import { useWhy } from './wrong'

interface Props {
  /** The contact that is open. */
  id: string
  /** Further fields that contacts of this list have. */
  names: readonly string[]
  mayChange: boolean
  acts: ContactActs
  close(): void
}

/** All of one contact, at the side of the table. */
export function ContactPanel({ id, names, mayChange, acts, close }: Props) {
  const { t } = useTranslation('lists')
  const reading = useLiveQuery({ query: ONE_CONTACT, variables: { id } })
  const node = reading.data?.node
  return (
    <RowPanel title={t('panel.title')} gone={t('panel.gone')} reading={reading} row={node && 'email' in node ? node : undefined} close={close}>
      {(contact, setDirty) => <Fields key={id} contact={contact} names={names} mayChange={mayChange} acts={acts} setDirty={setDirty} close={close} />}
    </RowPanel>
  )
}

interface FieldsProps extends Omit<Props, 'list' | 'id'> {
  contact: Contact
  setDirty(dirty: boolean): void
}

function Fields({ contact, names, mayChange, acts, setDirty, close }: FieldsProps) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const { draft, set, setField, replace } = useDraft(contact.version)
  const [wrong, setWrong] = useState<{ field: string | null | undefined; said: string }>()

  const labelOf = (field: string) => {
    const known = textFields.find((name) => name === field)
    return known ? t(`column.${known}`) : field.replace(furtherField, '')
  }
  const save = async (of: Draft): Promise<Saving> => {
    const { data, error } = await client.mutation(CHANGE_CONTACT, { input: inputOf(contact.id, of) }).toPromise()
    const said = why(error, data?.changeContact.errors)
    setWrong(said === undefined ? undefined : { field: data?.changeContact.errors[0]?.field, said })
    if (said !== undefined) return 'refused'
    const { contact: now, conflicts } = data?.changeContact ?? { contact: null, conflicts: [] }
    if (!now || conflicts.length === 0) return 'saved'
    return { version: now.version, conflicts: conflicts.map(({ field, yours, theirs }) => ({ field, label: labelOf(field), mine: yours, theirs })) }
  }
  const decide = (version: number, decisions: Record<string, Decision>) => {
    const left = without({ ...draft, base: version }, (field) => decisions[field] === 'theirs')
    replace(left)
    return isEmpty(left, contact) ? undefined : left
  }

  return (
    <RowForm
      row={contact}
      mayChange={mayChange}
      draft={draft}
      dirty={!isEmpty(draft, contact)}
      setDirty={setDirty}
      save={save}
      decide={decide}
      saved={t('panel.saved')}
      wrong={wrong && !textFields.some((name) => name === wrong.field) ? wrong.said : undefined}
      remove={() => acts.remove(contact)}
      close={close}
    >
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
    </RowForm>
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
