import '@mantine/notifications/styles.layer.css'

import { Notifications } from '@mantine/notifications'
import classes from './notes.module.css'

/** At most three at a time; the others wait. */
export function NotesShown() {
  return <Notifications position="top-center" containerWidth={320} limit={3} classNames={{ root: classes.notes }} />
}
