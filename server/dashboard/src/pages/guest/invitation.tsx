import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMutation, useQuery } from 'urql'
import { codeOf } from '../../api/client'
import { graphql } from '../../api/gql'
import type { InvitationLinkQuery } from '../../api/gql/graphql'
import { device } from '../../app/device'
import { useSession } from '../../app/session'
import { language, languages } from '../../texts'
import { Away } from '../../ui/away'
import { Opening } from '../../ui/opening'
import { GuestCard } from './card'
import { atNewPassword, checks } from './checks'
import { GuestForm, type Values } from './form'
import { LOG_IN } from './login'
import { Password } from './password'
import { useToken } from './token'

const LINK = graphql(`
  query InvitationLink($token: String!) {
    invitationLink(token: $token) {
      accountName
      inviterName
      email
      firstName
      lastName
      role
      hasLogin
    }
  }
`)

const ACCEPT = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      errors {
        field
        message
      }
    }
  }
`)

/** What the link of an invitation opens (S5, S6): whoever has a login signs in with it and joins; anyone else makes one. */
export function Invitation() {
  const { t } = useTranslation(['guest', 'frame'])
  const token = useToken()
  const [{ data, error, fetching }, again] = useQuery({ query: LINK, variables: { token }, pause: !token })
  const { viewer } = useSession()
  if (fetching || (token && viewer === undefined)) return <Opening />
  if (!token || (error && codeOf(error) === 'NOT_FOUND')) {
    return (
      <GuestCard
        title={t('invitation.spentTitle')}
        words={t('invitation.spent')}
        after={
          <Anchor component={Link} to="/login" size="sm">
            {t('login.title')}
          </Anchor>
        }
      />
    )
  }
  if (error || !data) return error ? <Away error={error} again={again} /> : <Opening />
  return <Invited token={token} link={data.invitationLink} />
}

function Invited({ token, link }: { token: string; link: InvitationLinkQuery['invitationLink'] }) {
  const { t } = useTranslation(['guest', 'frame'])
  const { viewer, renew } = useSession()
  const navigate = useNavigate()
  const [, accept] = useMutation(ACCEPT)
  const [, logIn] = useMutation(LOG_IN)
  const [other, setOther] = useState(false)
  const same = viewer?.user.email.toLowerCase() === link.email.toLowerCase()
  const join = async (input: { firstName?: string; lastName?: string; password?: string }) => {
    const locale = languages.find((l) => l.tag === language())?.locale ?? 'EN'
    const { data, error } = await accept({ input: { token, ...input, locale, carrier: 'COOKIE', device: device() } })
    const errors = atNewPassword(data?.acceptInvitation.errors)
    if (errors?.length === 0) {
      renew()
      await navigate({ to: '/', replace: true })
    }
    return { error, errors }
  }
  const about = (
    <>
      {link.inviterName ? t('invitation.by', { inviter: link.inviterName }) : t('invitation.byNobody')}{' '}
      {t('invitation.role', { role: t(`frame:role.${link.role}`).toLowerCase() })}
    </>
  )
  const heading = t('invitation.heading', { account: link.accountName })
  if (viewer && !same && !other) {
    return (
      <GuestCard title={heading} words={about}>
        <Text>{t('invitation.other', { email: viewer.user.email, invited: link.email })}</Text>
        <Button onClick={() => setOther(true)}>{link.hasLogin ? t('invitation.logIn') : t('invitation.make')}</Button>
      </GuestCard>
    )
  }
  if (same) {
    return (
      <GuestCard title={heading} words={about}>
        <Text>{t('invitation.as', { email: link.email })}</Text>
        <GuestForm submit={t('invitation.join')} check={() => []} send={() => join({})}>
          {() => null}
        </GuestForm>
      </GuestCard>
    )
  }
  if (link.hasLogin) {
    const send = async ({ password = '' }: Values) => {
      const { data, error } = await logIn({ input: { email: link.email, password, openOnly: false, carrier: 'COOKIE', device: device() } })
      if (error || data?.logIn.errors.length) return { error, errors: data?.logIn.errors }
      const joined = await join({})
      if (joined.error || joined.errors?.length) renew() // they are signed in all the same: the page then says what is left to do
      return joined
    }
    return (
      <GuestCard
        title={heading}
        words={about}
        after={
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t('login.forgot')}
          </Anchor>
        }
      >
        <Text>{t('invitation.has')}</Text>
        <GuestForm submit={t('invitation.logIn')} check={(values) => checks(t, values, ['password'])} send={send}>
          {(wrong) => (
            <>
              <TextInput name="email" label={t('field.email')} value={link.email} readOnly autoComplete="username" />
              <Password name="password" label={t('field.password')} autoComplete="current-password" autoFocus error={wrong('password')} />
            </>
          )}
        </GuestForm>
      </GuestCard>
    )
  }
  return (
    <GuestCard title={heading} words={about}>
      <GuestForm
        submit={t('invitation.make')}
        check={(values) => checks(t, values, ['firstName', 'lastName', 'newPassword'])}
        send={({ firstName = '', lastName = '', newPassword = '' }) => join({ firstName, lastName, password: newPassword })}
      >
        {(wrong) => (
          <>
            <TextInput name="email" label={t('field.email')} value={link.email} readOnly autoComplete="username" />
            <Group grow align="start">
              <TextInput name="firstName" label={t('field.firstName')} defaultValue={link.firstName} autoComplete="given-name" error={wrong('firstName')} />
              <TextInput name="lastName" label={t('field.lastName')} defaultValue={link.lastName} autoComplete="family-name" error={wrong('lastName')} />
            </Group>
            <Password
              name="newPassword"
              label={t('field.password')}
              description={t('hint.password')}
              autoComplete="new-password"
              autoFocus
              error={wrong('newPassword')}
            />
          </>
        )}
      </GuestForm>
    </GuestCard>
  )
}
