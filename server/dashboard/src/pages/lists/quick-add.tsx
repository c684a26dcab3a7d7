import { TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ClipboardEvent, type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { AddLine } from './add-line'
import { type Line, linesOf } from './lines'
import { CREATE_CONTACT } from './query'
import classes from './quick-add.module.css'
import { useWhy } from './wrong'

interface Props {
  list: string
  /** A contact was added. */
  added(): void
  /** Several lines are to be added. */
  several(text: string): void
  /** Shows a contact that was added. */
  find(email: string): void
}

const empty = { email: '', firstName: '', lastName: '', company: '', city: '' }

/** A line at the top of the table: address, name, Enter. Several lines can be pasted. */
export function QuickAdd({ list, added, several, find }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const email = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(empty)
  const [wrong, setWrong] = useState<string>()
  const [last, setLast] = useState<string>()
  const busy = useRef(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy.current) return
    if (!draft.email.trim()) {
      setWrong(t('wrong.noEmail'))
      email.current?.focus()
      return
    }
    busy.current = true
    const { data, error } = await client.mutation(CREATE_CONTACT, { input: { list, ...draft } }).toPromise()
    busy.current = false
    const reason = why(error, data?.createContact.errors)
    setWrong(reason)
    setLast(reason === undefined ? data?.createContact.contact?.email : undefined)
    email.current?.focus()
    if (reason !== undefined) return
    setDraft(empty)
    added()
  }

  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    const lines = linesOf(text)
    const [one] = lines
    if (lines.length > 1) {
      event.preventDefault()
      several(text)
    } else if (one?.email && one.firstName && !draft.email) {
      event.preventDefault()
      setDraft(partsOf(one))
      setWrong(undefined)
    }
  }

  const field = (name: 'email' | 'firstName' | 'lastName') => ({
    'aria-label': t(`column.${name}`),
    placeholder: t(name === 'email' ? 'quick.email' : `column.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setDraft((d) => ({ ...d, [name]: value }))
      setWrong(undefined)
    },
    size: 'xs',
    autoComplete: 'off',
  })
  return (
    <AddLine
      label={t('quick.label')}
      hint={t('quick.hint')}
      submit={submit}
      several={several}
      wrong={wrong}
      added={last && t('quick.added', { email: last })}
      show={() => last && find(last)}
    >
      <TextInput
        {...field('email')}
        ref={email}
        inputMode="email"
        className={classes.email}
        leftSection={<IconPlus size={15} stroke={1.8} />}
        onPaste={paste}
        error={wrong !== undefined}
        aria-describedby="add-said"
      />
      <TextInput {...field('firstName')} className={classes.name} />
      <TextInput {...field('lastName')} className={classes.name} />
    </AddLine>
  )
}

function partsOf({ email, firstName, lastName, company, city }: Line) {
  return { email, firstName, lastName, company, city }
}
