import { Anchor, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLogOut } from '../../app/log-out'
import { useOpenAccount } from '../../app/open-account'
import { useSession } from '../../app/session'
import { Away } from '../../ui/away'
import { ConfirmProvider } from '../../ui/confirm'
import { Monogram } from '../../ui/monogram'
import { Opening } from '../../ui/opening'
import { useAgo } from '../../ui/time'
import classes from './accounts.module.css'
import { GuestCard } from './card'

/** Choosing one of several accounts after logging in (S7). */
export function Accounts() {
  return (
    <ConfirmProvider>
      <Choose />
    </ConfirmProvider>
  )
}

function Choose() {
  const { t } = useTranslation(['guest', 'frame'])
  const next = useSearch({ from: '/accounts' }).next
  const { viewer, error, refresh } = useSession()
  const navigate = useNavigate()
  const ago = useAgo()
  const [open] = useOpenAccount()
  const logOut = useLogOut()
  const [opening, setOpening] = useState<string>()
  if (viewer === null) return <Navigate to="/login" search={next ? { next } : {}} replace />
  if (!viewer) return error ? <Away error={error} again={refresh} /> : <Opening />
  const choose = async (account: string) => {
    setOpening(account)
    const done = await open(account)
    setOpening(undefined)
    if (!done) return
    await navigate({ href: next ?? '/', replace: true })
  }
  return (
    <GuestCard
      title={t('accounts.title')}
      words={viewer.accounts.length ? t('accounts.words') : t('accounts.none', { email: viewer.user.email })}
      after={
        <Anchor component="button" type="button" size="sm" onClick={logOut}>
          {t('frame:person.logOut')}
        </Anchor>
      }
    >
      <Stack gap="xs">
        {viewer.accounts.map(({ account, role, lastVisitAt }) => (
          <UnstyledButton key={account.id} className={classes.account} disabled={opening !== undefined} onClick={() => choose(account.id)}>
            <Group gap="sm" wrap="nowrap">
              <Monogram name={account.name} square />
              <Stack gap={0} flex={1} miw={0}>
                <Text fw={600} truncate>
                  {account.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`frame:role.${role}`)} · {lastVisitAt ? t('accounts.visited', { when: ago(lastVisitAt) }) : t('accounts.never')}
                </Text>
              </Stack>
              <IconChevronRight size={16} aria-hidden />
            </Group>
          </UnstyledButton>
        ))}
        {viewer.accounts.length === 0 && (
          <Button variant="default" onClick={refresh}>
            {t('frame:away.again')}
          </Button>
        )}
      </Stack>
    </GuestCard>
  )
}
