import { useNotifications } from '@mantine/notifications'
import { Suspense, useState } from 'react'
import { lazily } from './later'

const Loaded = lazily(async () => (await import('./notes-shown')).NotesShown)

/** Where short words appear at the edge of the window; fetched with the first of them. */
export function Notes() {
  const { notifications, queue } = useNotifications()
  const [wanted, setWanted] = useState(false)
  if (!wanted && notifications.length + queue.length > 0) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense>
      <Loaded />
    </Suspense>
  )
}
