// The pages of those who are signed in and have opened an account.

import { Outlet, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveProvider } from '../api/live'
import { Away } from '../ui/away'
import { Opening } from '../ui/opening'
import { told } from '../ui/told'
import { Alone } from './alone'
import { useSession } from './session'
import { Shell } from './shell'

/** Shows the pages within an account, or sends the visitor where they come by one, and then back here. */
export function Inside() {
  const { viewer, error, left, heard, shown, refresh } = useSession()
  const { t } = useTranslation()
  const router = useRouter()
  const account = viewer?.account
  useEffect(() => {
    if (!account) return
    if (heard && shown.current !== undefined && shown.current !== account.id) told(t('account.moved', { account: account.name }))
    shown.current = account.id
  }, [account, heard, shown, t])
  const elsewhere = viewer === null ? '/login' : viewer && !viewer.account ? '/accounts' : undefined
  useEffect(() => {
    if (!elsewhere) return
    const { href } = router.latestLocation
    void router.navigate({ to: elsewhere, search: href === '/' || left ? {} : { next: href }, replace: true })
  }, [router, elsewhere, left])
  if (error || !viewer?.account) return <Alone>{error ? <Away error={error} again={refresh} /> : <Opening />}</Alone>
  return (
    <Framed>
      <Outlet />
    </Framed>
  )
}

/** A page in the frame; only for those who have opened an account. */
export function Framed({ children }: { children: ReactNode }) {
  return (
    <LiveProvider>
      <Shell>{children}</Shell>
    </LiveProvider>
  )
}
