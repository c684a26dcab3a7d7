import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOwner } from '../../app/session'
import classes from './nav.module.css'

const places = [
  { to: '/settings', text: 'nav.account' },
  { to: '/settings/sharing', text: 'nav.sharing', ownersOnly: true },
  { to: '/settings/me', text: 'nav.me' },
  { to: '/settings/sessions', text: 'nav.sessions' },
] as const

/** The way between the pages of the settings. */
export function SettingsNav() {
  const { t } = useTranslation(['settings', 'frame'])
  const owner = useOwner()
  const path = useRouterState({ select: (s) => s.location.pathname })
  return (
    <nav aria-label={t('frame:nav.settings')} className={classes.nav}>
      {places.map((place) =>
        'ownersOnly' in place && !owner ? null : (
          <Link key={place.to} to={place.to} className={classes.place} activeOptions={{ exact: true }} aria-current={path === place.to ? 'page' : undefined}>
            {t(place.text)}
          </Link>
        ),
      )}
    </nav>
  )
}
