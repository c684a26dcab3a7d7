import { TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ClipboardEvent, type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import type { BlacklistReason } from '../../api/gql/graphql'
import { AddLine } from '../lists/add-line'
import classes from '../lists/quick-add.module.css'
import { useWhy } from '../lists/wrong'
import { CREATE_ENTRY } from './query'
import { ReasonField } from './reason-field'

interface Props {
  blacklist: string
  /** An entry was added. */
  added(): void
  /** Several lines are to be added. */
  several(text: string): void
  /** Shows an entry that was added. */
  find(value: string): void
}

/** A line at the top of the table: an address or a domain, why, a note, Enter. Several lines can be pasted. */
export function AddEntry({ blacklist, added, several, find }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const field = useRef<HTMLInputElement>(null)
  const [value, setValue] = useState('')
  const [reason, setReason] = useState<BlacklistReason>('MANUAL')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [last, setLast] = useState<string>()
  const busy = useRef(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy.current) return
    field.current?.focus()
    if (!value.trim()) return setWrong(t('wrong.noValue'))
    busy.current = true
    const { data, error } = await client.mutation(CREATE_ENTRY, { input: { blacklist, value, reason, note } }).toPromise()
    busy.current = false
    const refused = why(error, data?.createBlacklistEntry.errors)
    setWrong(refused)
    setLast(refused === undefined ? data?.createBlacklistEntry.entry?.value : undefined)
    if (refused !== undefined) return
    setValue('')
    setNote('')
    added()
  }
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    if (text.trim().split(/[\r\n]+/).length < 2) return
    event.preventDefault()
    several(text)
  }
  return (
    <AddLine
      label={t('entry.label')}
      hint={t('entry.hint')}
      submit={submit}
      several={several}
      wrong={wrong}
      added={last && t('entry.added', { value: last })}
      show={() => last && find(last)}
    >
      <TextInput
        ref={field}
        size="xs"
        className={classes.email}
        leftSection={<IconPlus size={15} stroke={1.8} />}
        aria-label={t('column.value')}
        placeholder={t('entry.label')}
        value={value}
        onChange={(event) => {
          setValue(event.currentTarget.value)
          setWrong(undefined)
        }}
        onPaste={paste}
        error={wrong !== undefined}
        aria-describedby="add-said"
        autoComplete="off"
      />
      <ReasonField inline value={reason} change={setReason} className={classes.name} />
      <TextInput
        size="xs"
        className={classes.name}
        aria-label={t('column.note')}
        placeholder={t('column.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autoComplete="off"
      />
    </AddLine>
  )
}
