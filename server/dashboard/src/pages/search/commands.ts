// What the palette can do besides finding things: go to a page, begin something, change how the pages look.

import { useMantineColorScheme } from '@mantine/core'
import {
  IconAddressBook,
  IconArrowsExchange,
  IconBan,
  IconClock,
  IconDeviceDesktop,
  IconDevices,
  IconHistory,
  IconInbox,
  IconLanguage,
  IconListCheck,
  IconMail,
  IconMoon,
  IconPlus,
  IconSettings,
  IconShare,
  IconSun,
  IconTemplate,
  IconTrash,
  IconUser,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChangeLanguage } from '../../app/language'
import { useOpenAccount } from '../../app/open-account'
import { useInsider, useOwner } from '../../app/session'
import { languages } from '../../texts'
import type { Entry } from './entries'

/** Returns the pages that the viewer may go to, and what they may do. */
export function useCommands(): { pages: Entry[]; deeds: Entry[] } {
  const { t, i18n } = useTranslation(['search', 'frame'])
  const navigate = useNavigate()
  const { account, accounts, collaborator: me } = useInsider()
  const owner = useOwner()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [open] = useOpenAccount()
  const changeLanguage = useChangeLanguage()

  const page = (id: string, icon: Entry['icon'], text: string, run: () => void): Entry => ({ id: `go-${id}`, icon, text, about: t('group.goTo'), run })
  const deed = (id: string, icon: Entry['icon'], text: string, run: () => void): Entry => ({ id: `do-${id}`, icon, text, run })

  const pages = [
    page('campaigns', IconMail, t('frame:nav.campaigns'), () => void navigate({ to: '/campaigns' })),
    page('templates', IconTemplate, t('frame:nav.templates'), () => void navigate({ to: '/templates' })),
    page('lists', IconAddressBook, t('frame:nav.lists'), () => void navigate({ to: '/lists' })),
    page('blacklists', IconBan, t('frame:nav.blacklists'), () => void navigate({ to: '/blacklists' })),
    page('leads', IconInbox, t('frame:nav.leads'), () => void navigate({ to: '/leads' })),
    page('my-leads', IconInbox, t('command.myLeads'), () => void navigate({ to: '/leads', search: { who: 'me' } })),
    page('waiting', IconClock, t('command.waitingLeads'), () => void navigate({ to: '/leads', search: { who: 'nobody' } })),
    page('team', IconUsers, t('frame:nav.team'), () => void navigate({ to: '/team' })),
    ...(owner
      ? [
          page('history', IconHistory, t('frame:nav.history'), () => void navigate({ to: '/history' })),
          page('sharing', IconShare, t('command.sharing'), () => void navigate({ to: '/settings/sharing' })),
        ]
      : []),
    page('jobs', IconListCheck, t('frame:nav.jobs'), () => void navigate({ to: '/jobs' })),
    page('deleted', IconTrash, t('frame:nav.deleted'), () => void navigate({ to: '/deleted' })),
    page('settings', IconSettings, t('frame:nav.settings'), () => void navigate({ to: '/settings' })),
    page('me', IconUser, t('command.me'), () => void navigate({ to: '/settings/me' })),
    page('sessions', IconDevices, t('command.sessions'), () => void navigate({ to: '/settings/sessions' })),
  ]
  const creates = me.role !== 'MEMBER'
  const deeds = [
    ...(creates ? [deed('campaign', IconPlus, t('command.newCampaign'), () => void navigate({ to: '/campaigns', search: { new: true } }))] : []),
    ...(creates ? [deed('template', IconPlus, t('command.newTemplate'), () => void navigate({ to: '/templates', search: { new: true } }))] : []),
    ...(creates ? [deed('list', IconPlus, t('command.newList'), () => void navigate({ to: '/lists', search: { new: true } }))] : []),
    ...(creates ? [deed('blacklist', IconPlus, t('command.newBlacklist'), () => void navigate({ to: '/blacklists', search: { new: true } }))] : []),
    ...(owner ? [deed('invite', IconUserPlus, t('command.invite'), () => void navigate({ to: '/settings/sharing' }))] : []),
    ...accounts
      .filter((a) => a.account.id !== account.id)
      .map(({ account: a }) => deed(`account-${a.id}`, IconArrowsExchange, t('command.account', { name: a.name }), () => void open(a.id))),
    ...(['light', 'dark', 'auto'] as const)
      .filter((scheme) => scheme !== colorScheme)
      .map((scheme) => deed(scheme, { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop }[scheme], t(`command.${scheme}`), () => setColorScheme(scheme))),
    ...languages
      .filter((l) => l.tag !== i18n.language)
      .map((l) => deed(l.tag, IconLanguage, t('command.language', { name: l.name }), () => void changeLanguage(l.tag))),
  ]
  return { pages, deeds }
}
