import '@mantine/notifications/styles.layer.css'

import { Notifications } from '@mantine/notifications'

/** At most three at a time; the others wait. */
export function NotesShown() {
  return <Notifications position="bottom-right" limit={3} />
}
