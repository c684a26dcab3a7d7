// The pages of those who are signed in and have opened an account.

import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { LiveProvider } from '../api/live'
import { Away } from '../ui/away'
import { Opening } from '../ui/opening'
import { Alone } from './alone'
import { useSession } from './session'
import { Shell } from './shell'

/** Shows the pages within an account, or sends the visitor where they come by one, and then back here. */
export function Inside() {
  const { viewer, error, left, refresh } = useSession()
  const router = useRouter()
  const elsewhere = viewer === null ? '/login' : viewer && !viewer.account ? '/accounts' : undefined
  useEffect(() => {
    if (!elsewhere) return
    const { href } = router.latestLocation
    void router.navigate({ to: elsewhere, search: href === '/' || left ? {} : { next: href }, replace: true })
  }, [router, elsewhere, left])
  if (error || !viewer?.account) return <Alone>{error ? <Away error={error} again={refresh} /> : <Opening />}</Alone>
  return (
    <LiveProvider>
      <Shell />
    </LiveProvider>
  )
}
