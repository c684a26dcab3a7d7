// The forms of the guest pages: what is wrong stands below the field, and the cursor is put there.

import { Alert, Button, Stack } from '@mantine/core'
import type { CombinedError } from '@urql/core'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useSentence } from '../../ui/sentence'

/** What a person can mend: of one field, or of the whole. */
export interface Wrong {
  field?: string | null
  message: string
}

export type Values = Record<string, string>

interface Props {
  submit: string
  /** What is wrong before anything is sent; empty where nothing is. */
  check(values: Values): Wrong[]
  /** Sends, and returns what was refused. */
  send(values: Values): Promise<{ error?: CombinedError | undefined; errors?: readonly Wrong[] | undefined }>
  children(wrong: (field: string) => string | undefined): ReactNode
}

/** A form that keeps what was typed until it is taken. */
export function GuestForm({ submit, check, send, children }: Props) {
  const sentence = useSentence()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const [busy, setBusy] = useState(false)
  const refuse = (found: readonly Wrong[]) => {
    setWrong(found)
    const named = found.find((w) => w.field)?.field
    const field = named ? form.current?.elements.namedItem(named) : undefined
    if (field instanceof HTMLElement) field.focus()
  }
  // What was wrong with a field is no longer said of what is typed there next.
  const mending = ({ target }: FormEvent) => target instanceof HTMLInputElement && setWrong(wrong.filter((w) => w.field !== target.name))
  const submitted = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const values: Values = {}
    for (const [name, value] of new FormData(event.currentTarget)) if (typeof value === 'string') values[name] = value
    const found = check(values)
    if (found.length > 0) return refuse(found)
    setBusy(true)
    const { error, errors } = await send(values)
    setBusy(false)
    refuse(error ? [{ message: sentence(error) }] : (errors ?? []))
  }
  const names = wrong.map((w) => w.field)
  const shown = (field: string) => wrong.find((w) => w.field === field)?.message
  const general = wrong.filter((w) => !w.field || !form.current?.elements.namedItem(w.field))
  return (
    <form ref={form} onSubmit={submitted} onChange={mending} noValidate aria-busy={busy} data-wrong={names.join(' ') || undefined}>
      <Stack gap="md">
        {general.map((w) => (
          <Alert key={w.message} color="red" variant="light" role="alert">
            {w.message}
          </Alert>
        ))}
        {children(shown)}
        <Button type="submit" loading={busy} fullWidth>
          {submit}
        </Button>
      </Stack>
    </form>
  )
}
