import { Anchor, Group, TextInput } from '@mantine/core'
import { Link, Navigate, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../../api/gql'
import { device } from '../../app/device'
import { useEntrance } from '../../app/entrance'
import { useSession } from '../../app/session'
import { language, languages } from '../../texts'
import { GuestCard } from './card'
import { atNewPassword, checks } from './checks'
import { GuestForm } from './form'
import { Password } from './password'

const SIGN_UP = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      errors {
        field
        message
      }
    }
  }
`)

/** The name of the language of the pages in the API. */
const locale = () => languages.find((l) => l.tag === language())?.locale ?? 'EN'

/** Making a login and an account of one's own. */
export function SignUp() {
  const { t } = useTranslation(['guest', 'frame'])
  const { viewer, renew } = useSession()
  const navigate = useNavigate()
  const [, signUp] = useMutation(SIGN_UP)
  const entrance = useEntrance()
  if (viewer) return <Navigate to="/" replace />
  const logIn = (
    <>
      {t('signUp.have')}{' '}
      <Anchor component={Link} to="/login" size="sm" underline="always">
        {t('signUp.logIn')}
      </Anchor>
    </>
  )
  if (entrance?.signUpOpen === false) return <GuestCard title={t('signUp.title')} words={t('signUp.closed')} after={logIn} />
  return (
    <GuestCard title={t('signUp.title')} words={entrance?.unclaimed && t('signUp.first')} after={!entrance?.unclaimed && logIn}>
      <GuestForm
        submit={t('signUp.submit')}
        check={(values) => checks(t, values, ['accountName', 'firstName', 'lastName', 'email', 'newPassword'])}
        send={async ({ accountName = '', firstName = '', lastName = '', email = '', newPassword = '' }) => {
          const input = { accountName, firstName, lastName, email, password: newPassword, locale: locale(), carrier: 'COOKIE' as const, device: device() }
          const { data, error } = await signUp({ input })
          const errors = atNewPassword(data?.signUp.errors)
          if (errors?.length === 0) {
            renew()
            await navigate({ to: '/', replace: true })
          }
          return { error, errors }
        }}
      >
        {(wrong) => (
          <>
            <TextInput
              name="accountName"
              label={t('field.accountName')}
              description={t('hint.accountName')}
              autoComplete="organization"
              autoFocus
              error={wrong('accountName')}
            />
            <Group grow align="start">
              <TextInput name="firstName" label={t('field.firstName')} autoComplete="given-name" error={wrong('firstName')} />
              <TextInput name="lastName" label={t('field.lastName')} autoComplete="family-name" error={wrong('lastName')} />
            </Group>
            <TextInput name="email" type="email" label={t('field.email')} autoComplete="username" error={wrong('email')} />
            <Password
              name="newPassword"
              label={t('field.password')}
              description={t('hint.password')}
              autoComplete="new-password"
              error={wrong('newPassword')}
            />
          </>
        )}
      </GuestForm>
    </GuestCard>
  )
}
