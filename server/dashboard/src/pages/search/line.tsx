import { cut } from '../../ui/fold'
import type { Entry } from './entries'
import classes from './palette.module.css'

interface Props {
  id: string
  entry: Entry
  /** What of its texts is set off. */
  typed: string
  active: boolean
  point(): void
  run(): void
}

/** A line of the palette. */
export function Line({ id, entry, typed, active, point, run }: Props) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys
    <div id={id} role="option" aria-selected={active} className={classes.entry} onPointerMove={active ? undefined : point} onClick={run}>
      <entry.icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.text}>
        <Marked text={entry.text} typed={typed} />
      </span>
      {entry.about && (
        <span className={classes.about}>
          <Marked text={entry.about} typed={typed} />
        </span>
      )}
    </div>
  )
}

function Marked({ text, typed }: { text: string; typed: string }) {
  let from = 0
  return cut(text, typed).map((part) => {
    const key = from
    from += part.text.length
    return part.match ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>
  })
}
