import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFileImport, IconLock, IconMailForward, IconMailPlus, IconUserSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWindow } from '../../api/window'
import { OutboxNote } from '../../app/outbox-note'
import { useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { nameOf } from '../../ui/person'
import { Rows } from '../../ui/rows'
import { Search } from '../../ui/search'
import { SettingsNav } from '../settings/nav'
import { useInvitationColumns } from './columns'
import { DefaultAudience } from './default-audience'
import { FileWindow } from './file-window'
import { InviteWindow } from './invite'
import { INVITATIONS, type Invitation } from './queries'
import classes from './sharing.module.css'

/** Who was asked to join the account, and who sees what is made in it (S5, S6, S8). */
export function Sharing() {
  const { t } = useTranslation(['sharing', 'frame'])
  const owner = useOwner()
  return owner ? (
    <Invitations />
  ) : (
    <Page title={t('frame:nav.settings')} tools={<SettingsNav />} scrolls>
      <Empty icon={IconLock} title={t('ownersOnly')} words={t('ownersOnlyWords')} />
    </Page>
  )
}

type Opened = { kind: 'invite' } | { kind: 'change'; invitation: Invitation } | { kind: 'file' }

function Invitations() {
  const { t } = useTranslation(['sharing', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const [search, setSearch] = useState('')
  const { invite: inviting } = useSearch({ from: '/inside/settings/sharing' })
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | undefined>(inviting && { kind: 'invite' })
  const variables = useMemo(() => ({ search: search || null }), [search])
  const list = useWindow({ query: INVITATIONS, variables, pick: (data) => data.invitations })
  const change = useCallback((invitation: Invitation) => setOpened({ kind: 'change', invitation }), [])
  const columns = useInvitationColumns(change, list.refresh)
  const close = () => {
    setOpened(undefined)
    if (inviting) void navigate({ to: '.', search: {}, replace: true })
  }
  const done = () => {
    close()
    list.refresh()
  }
  const invite = (
    <Button leftSection={<IconMailPlus size={17} stroke={1.8} />} onClick={() => setOpened({ kind: 'invite' })}>
      {t('invite.open')}
    </Button>
  )
  const file = (
    <Button variant="default" leftSection={<IconFileImport size={17} stroke={1.8} />} onClick={() => setOpened({ kind: 'file' })}>
      {t('file.open')}
    </Button>
  )
  return (
    <Page title={t('frame:nav.settings')} tools={<SettingsNav />}>
      <Stack gap="lg" className={classes.head}>
        <DefaultAudience />
        <Group justify="space-between" gap="xs">
          <Group gap="sm" align="baseline">
            <Title order={2} size="h5">
              {t('pending.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {list.total === undefined ? '' : t('pending.count', { count: list.total })}
            </Text>
          </Group>
          <Group gap="xs" flex="1 1 auto" justify="flex-end">
            {(search !== '' || (list.total ?? 0) > 5) && !narrow && <Search label={t('pending.search')} value={search} change={setSearch} />}
            {file}
            {invite}
          </Group>
        </Group>
        <OutboxNote />
      </Stack>
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        search ? (
          <Empty icon={IconUserSearch} title={t('pending.noneTitle')} words={t('pending.noneWords')} />
        ) : (
          <Empty icon={IconMailForward} title={t('pending.emptyTitle')} words={t('pending.emptyWords')} />
        )
      ) : (
        <Rows label={t('pending.title')} list={list} columns={columns} id={(i) => i.id} name={(i) => nameOf(i)} rowHeight={60} />
      )}
      {opened?.kind === 'invite' && <InviteWindow close={close} done={done} />}
      {opened?.kind === 'change' && <InviteWindow invitation={opened.invitation} close={close} done={done} />}
      {opened?.kind === 'file' && <FileWindow close={close} done={list.refresh} />}
    </Page>
  )
}
