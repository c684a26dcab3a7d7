import { Kbd as Key } from '@mantine/core'
import classes from './kbd.module.css'

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key, with the one that begins commands on this computer before it. */
export function Kbd({ mod, children }: { mod?: boolean; children: string }) {
  return (
    <Key size="xs" aria-hidden className={classes.key}>
      {mod ? (apple ? '⌘' : 'Ctrl ') : ''}
      {children}
    </Key>
  )
}
