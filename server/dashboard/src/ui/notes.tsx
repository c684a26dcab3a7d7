import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

const Loaded = lazy(async () => ({ default: (await import('./notes-shown')).NotesShown }))

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
