import { Alert, Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useInsider } from '../../app/session'
import { told } from '../../ui/told'

const CHANGE = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      viewer {
        session {
          id
        }
      }
      errors {
        field
        message
      }
    }
  }
`)

const shortest = 10

/** Setting a new password, which needs the old one and ends the other sessions. */
export function MyPassword() {
  const { t } = useTranslation(['settings', 'frame'])
  const { user } = useInsider()
  const form = useRef<HTMLFormElement>(null)
  const [oldPassword, setOld] = useState('')
  const [newPassword, setNew] = useState('')
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [act, busy] = useAct(CHANGE, { quiet: true })
  const wrong = (field: string) => problems.find((p) => p.field === field)?.message
  const rest = problems.filter((p) => p.field !== 'oldPassword' && p.field !== 'newPassword')
  const refuse = (found: readonly Problem[]) => {
    setProblems(found)
    const field = form.current?.elements.namedItem(found.find((p) => p.field)?.field ?? '')
    if (field instanceof HTMLElement) field.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const found: Problem[] = []
    if (!oldPassword) found.push({ field: 'oldPassword', message: t('wrong.empty') })
    if ([...newPassword].length < shortest) found.push({ field: 'newPassword', message: t('password.short', { count: shortest }) })
    if (found.length > 0) return refuse(found)
    const outcome = await act({ input: { oldPassword, newPassword } })
    if (!outcome.done) return refuse(outcome.problems)
    setProblems([])
    setOld('')
    setNew('')
    told(t('told.password'))
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>
          <Title order={2} size="h5">
            {t('password.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('password.words')}
          </Text>
        </div>
        {rest.map((p) => (
          <Alert key={p.message} color="red" variant="light" role="alert">
            {p.message}
          </Alert>
        ))}
        <input type="text" name="username" value={user.email} readOnly autoComplete="username" hidden />
        <PasswordInput
          name="oldPassword"
          label={t('password.old')}
          value={oldPassword}
          onChange={(e) => setOld(e.currentTarget.value)}
          error={wrong('oldPassword')}
          aria-invalid={wrong('oldPassword') !== undefined}
          autoComplete="current-password"
        />
        <PasswordInput
          name="newPassword"
          label={t('password.new')}
          description={t('password.short', { count: shortest })}
          value={newPassword}
          onChange={(e) => setNew(e.currentTarget.value)}
          error={wrong('newPassword')}
          aria-invalid={wrong('newPassword') !== undefined}
          autoComplete="new-password"
        />
        <div>
          <Button type="submit" loading={busy} disabled={!oldPassword && !newPassword}>
            {t('password.submit')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
