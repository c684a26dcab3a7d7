// The frame of the pages within an account: where one can go, who one is, and whether the pages are live.

import { Box, Burger, Divider, Group, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAddressBook, IconBan, IconHistory, IconInbox, IconMail, IconSearch, IconSettings, IconTemplate, IconUsers } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { deletedSearch } from '../pages/items/address'
import { useVisits } from '../pages/search/recent'
import { ConfirmProvider } from '../ui/confirm'
import { Kbd } from '../ui/kbd'
import { lazily } from '../ui/later'
import { Opening } from '../ui/opening'
import { AccountMenu } from './account-menu'
import { ConnectionNote } from './connection-note'
import { JobsNote } from './jobs-note'
import { useOwnLanguage } from './language'
import mark from './mark.svg'
import { NewLeads } from './new-leads'
import { Over } from './over'
import { PersonMenu } from './person-menu'
import { useSearch } from './search'
import { useLiveViewer, useOwner } from './session'
import classes from './shell.module.css'

const Palette = lazily(async () => (await import('../pages/search/palette')).Palette)

const places = [
  { to: '/campaigns', icon: IconMail, text: 'nav.campaigns' },
  { to: '/templates', icon: IconTemplate, text: 'nav.templates' },
  { to: '/lists', icon: IconAddressBook, text: 'nav.lists' },
  { to: '/blacklists', icon: IconBan, text: 'nav.blacklists' },
  { to: '/leads', icon: IconInbox, text: 'nav.leads' },
  { to: '/team', icon: IconUsers, text: 'nav.team' },
  { to: '/history', icon: IconHistory, text: 'nav.history', ownersOnly: true },
  { to: '/settings', icon: IconSettings, text: 'nav.settings' },
] as const

/** The address that says which place is highlighted: deleted items belong to the list that they were gone to from. */
function placeOf({ location: { pathname, search } }: { location: { pathname: string; search: { from?: unknown } } }): string {
  return pathname !== '/deleted' ? pathname : (deletedSearch(search).from ?? '/campaigns')
}

/** The frame around a page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [opened, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: (s) => s.location.pathname })
  const place = useRouterState({ select: placeOf })
  const owner = useOwner()
  useOwnLanguage()
  useLiveViewer()
  const { open: openSearch, search } = useSearch()
  useVisits()
  useEffect(close, [path, close])
  return (
    <ConfirmProvider>
      <div className={classes.shell}>
        <a href="#content" className={classes.skip}>
          {t('skip')}
        </a>
        <header className={classes.header}>
          <Group h="100%" justify="space-between">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.menu')} />
            <img src={mark} alt="Partage" width={26} height={26} />
            <Box w={34} />
          </Group>
        </header>
        <nav className={classes.navbar} data-closed={!opened || undefined} aria-label={t('nav.label')}>
          <Box p="xs">
            <AccountMenu />
          </Box>
          <Box px="xs" pb="xs">
            <UnstyledButton
              className={classes.search}
              onClick={() => {
                close()
                openSearch()
              }}
            >
              <IconSearch size={16} stroke={1.8} />
              <span>{t('nav.search')}</span>
              <Kbd mod>K</Kbd>
            </UnstyledButton>
          </Box>
          <Box px="xs" className={classes.places}>
            {places.map(({ to, text, icon: Picture, ...p }) =>
              'ownersOnly' in p && !owner ? null : (
                <UnstyledButton key={to} component={Link} to={to} className={classes.place} aria-current={place.startsWith(to) ? 'page' : undefined}>
                  <Picture size={18} stroke={1.7} />
                  <span>{t(text)}</span>
                  {to === '/leads' && <NewLeads />}
                </UnstyledButton>
              ),
            )}
          </Box>
          <Divider />
          <Box p="xs">
            <ConnectionNote />
            <JobsNote />
            <PersonMenu />
          </Box>
        </nav>
        <main id="content" tabIndex={-1} className={classes.main}>
          <Suspense fallback={<Opening />}>{children}</Suspense>
          <Over />
          <Suspense>{search && <Palette {...search} />}</Suspense>
        </main>
      </div>
    </ConfirmProvider>
  )
}
