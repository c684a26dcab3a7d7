import { Anchor, TextInput } from '@mantine/core'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../../api/gql'
import { device } from '../../app/device'
import { useEntrance } from '../../app/entrance'
import { useSession } from '../../app/session'
import { GuestCard } from './card'
import { checks } from './checks'
import { GuestForm } from './form'
import { Password } from './password'

export const LOG_IN = graphql(`
  mutation LogIn($input: LogInInput!) {
    logIn(input: $input) {
      errors {
        field
        message
      }
    }
  }
`)

/** Logging in (S6, S7): with one account it is opened, with several the person chooses. */
export function LogIn() {
  const { t } = useTranslation(['guest', 'frame'])
  const next = useSearch({ from: '/login' }).next
  const { viewer, ended, renew } = useSession()
  const navigate = useNavigate()
  const entrance = useEntrance()
  const [, logIn] = useMutation(LOG_IN)
  useEffect(() => {
    if (viewer) void navigate({ href: next ?? '/', replace: true })
  }, [viewer, navigate, next])
  if (viewer) return null
  if (entrance?.unclaimed && entrance.signUpOpen) return <Navigate to="/sign-up" replace />
  return (
    <GuestCard
      title={t('login.title')}
      words={ended ? t('login.ended') : undefined}
      after={
        entrance?.signUpOpen !== false && (
          <>
            {t('login.new')}{' '}
            <Anchor component={Link} to="/sign-up" size="sm" underline="always">
              {t('login.signUp')}
            </Anchor>
          </>
        )
      }
    >
      <GuestForm
        submit={t('login.submit')}
        check={(values) => checks(t, values, ['email', 'password'])}
        send={async ({ email = '', password = '' }) => {
          const { data, error } = await logIn({ input: { email, password, carrier: 'COOKIE', device: device() } })
          const errors = data?.logIn.errors
          if (errors?.length === 0) {
            renew()
            await navigate({ href: next ?? '/', replace: true })
          }
          return { error, errors }
        }}
      >
        {(wrong) => (
          <>
            <TextInput name="email" type="email" label={t('field.email')} autoComplete="username" autoFocus error={wrong('email')} />
            <Password name="password" label={t('field.password')} autoComplete="current-password" error={wrong('password')} />
            <Anchor component={Link} to="/forgot-password" size="sm">
              {t('login.forgot')}
            </Anchor>
          </>
        )}
      </GuestForm>
    </GuestCard>
  )
}
