import { Anchor, Button } from '@mantine/core'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../../api/gql'
import { useSession } from '../../app/session'
import { GuestCard } from './card'
import { atNewPassword, checks } from './checks'
import { GuestForm } from './form'
import { Password } from './password'
import { useToken } from './token'

const RESET = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      done
      errors {
        field
        message
      }
    }
  }
`)

/** In the address in place of the token: nothing else outlives the session that ends with the old password. */
const done = 'done'

/** Setting a new password with the link of a mail. */
export function ResetPassword() {
  const { t } = useTranslation(['guest', 'frame'])
  const token = useToken()
  const { renew } = useSession()
  const [, reset] = useMutation(RESET)
  const navigate = useNavigate()
  if (useLocation().hash === done) {
    return (
      <GuestCard title={t('reset.doneTitle')} words={t('reset.done')}>
        <Button component={Link} to="/login">
          {t('login.submit')}
        </Button>
      </GuestCard>
    )
  }
  if (!token) {
    return (
      <GuestCard
        title={t('reset.title')}
        words={t('reset.noToken')}
        after={
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t('login.forgot')}
          </Anchor>
        }
      />
    )
  }
  return (
    <GuestCard title={t('reset.title')}>
      <GuestForm
        submit={t('reset.submit')}
        check={(values) => checks(t, values, ['newPassword'])}
        send={async ({ newPassword = '' }) => {
          const { data, error } = await reset({ input: { token, newPassword } })
          if (data?.resetPassword.done) {
            await navigate({ to: '.', hash: done, replace: true })
            renew() // also this browser's session has ended
          }
          return { error, errors: atNewPassword(data?.resetPassword.errors) }
        }}
      >
        {(wrong) => (
          <Password
            name="newPassword"
            label={t('field.newPassword')}
            description={t('hint.password')}
            autoComplete="new-password"
            autoFocus
            error={wrong('newPassword')}
          />
        )}
      </GuestForm>
    </GuestCard>
  )
}
