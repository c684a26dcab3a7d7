import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome, Problem } from '../../api/act'
import type { ItemKind } from '../../api/gql/graphql'
import { Modal } from '../../ui/modal'
import { itemPage } from './row'

export interface Props {
  kind: ItemKind
  opened: boolean
  close(): void | Promise<void>
  /** Makes it, and returns its id. */
  create(name: string): Promise<Outcome<string>>
  /** Further fields. */
  children?: ReactNode
}

/** The window that makes a new item, and opens it. */
export function NewItemWindow(props: Props) {
  const { t } = useTranslation(['items', 'frame'])
  return (
    <Modal opened={props.opened} onClose={props.close} title={t(`kind.${props.kind}.new`)} size="sm">
      <Fields {...props} />
    </Modal>
  )
}

function Fields({ kind, close, create, children }: Props) {
  const { t } = useTranslation(['items', 'frame'])
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Problem[]>([])
  const refuse = (found: Problem[]) => {
    setProblems(found)
    field.current?.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return refuse([{ message: t('noName') }])
    setBusy(true)
    const outcome = await create(name)
    setBusy(false)
    if (!outcome.done) return refuse(outcome.problems)
    await close() // "back" leads to the list, not to this window
    await navigate({ to: itemPage[kind], params: { id: outcome.payload } })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          ref={field}
          label={t('column.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problems.map((problem) => problem.message).join(' ') || undefined}
          data-autofocus
        />
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('frame:cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
