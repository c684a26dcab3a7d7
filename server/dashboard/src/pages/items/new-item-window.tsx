import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome, Problem } from '../../api/act'
import type { ItemKind } from '../../api/gql/graphql'
import { itemPage } from './row'

export interface Props {
  kind: ItemKind
  opened: boolean
  close(): void
  /** Makes it, and returns its id. */
  create(name: string): Promise<Outcome<string>>
  /** Further fields. */
  children?: ReactNode
}

/** The window that makes a new item, and opens it. */
export function NewItemWindow(props: Props) {
  const { t } = useTranslation(['items', 'frame'])
  return (
    <Modal opened={props.opened} onClose={props.close} title={t(`kind.${props.kind}.new`)} size="sm" closeButtonProps={{ 'aria-label': t('frame:close') }}>
      <Fields {...props} />
    </Modal>
  )
}

function Fields({ kind, close, create, children }: Props) {
  const { t } = useTranslation(['items', 'frame'])
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Problem[]>([])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const outcome = await create(name)
    setBusy(false)
    if (outcome.done) void navigate({ to: itemPage[kind], params: { id: outcome.payload } })
    else setProblems(outcome.problems)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('column.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problems.map((problem) => problem.message).join(' ') || undefined}
          maxLength={200}
          required
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
