import { Anchor, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../../api/gql'
import { OutboxNote } from '../../app/outbox-note'
import { GuestCard } from './card'
import { checks } from './checks'
import { GuestForm } from './form'

const REQUEST = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      errors {
        field
        message
      }
    }
  }
`)

/** Asking for a link that sets a new password. The answer is the same whether the address is known or not. */
export function ForgotPassword() {
  const { t } = useTranslation(['guest', 'frame'])
  const [, request] = useMutation(REQUEST)
  const [sent, setSent] = useState<string>()
  const back = (
    <Anchor component={Link} to="/login" size="sm">
      {t('forgot.back')}
    </Anchor>
  )
  if (sent) {
    return (
      <GuestCard title={t('forgot.sentTitle')} words={t('forgot.sent', { email: sent })} after={back}>
        <OutboxNote />
      </GuestCard>
    )
  }
  return (
    <GuestCard title={t('forgot.title')} words={t('forgot.words')} after={back}>
      <GuestForm
        submit={t('forgot.submit')}
        check={(values) => checks(t, values, ['email'])}
        send={async ({ email = '' }) => {
          const { data, error } = await request({ input: { email } })
          const errors = data?.requestPasswordReset.errors
          if (errors?.length === 0) setSent(email.trim())
          return { error, errors }
        }}
      >
        {(wrong) => <TextInput name="email" type="email" label={t('field.email')} autoComplete="username" autoFocus error={wrong('email')} />}
      </GuestForm>
    </GuestCard>
  )
}
