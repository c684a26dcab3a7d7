import { Box } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import classes from './frame.module.css'

interface Props {
  /** The whole mail. Foreign content. */
  html: string
  /** What it is, for those who do not see it. */
  title: string
  /** How wide the window is that it is shown in, in pixels; it is drawn smaller where there is less room. */
  width: number
  /** Whether it is only looked at, as a small picture of itself. */
  still?: boolean
}

/** A mail as a recipient would see it. Nothing of it runs, and it reaches nothing of the page around it. */
export function MailFrame({ html, title, width, still }: Props) {
  const { ref, width: room, height } = useElementSize()
  const scale = room === 0 ? 1 : Math.min(1, room / width)
  return (
    <Box ref={ref} className={classes.place}>
      {room > 0 && (
        <iframe
          sandbox=""
          srcDoc={html}
          title={title}
          className={classes.frame}
          tabIndex={still ? -1 : undefined}
          data-still={still || undefined}
          style={{ width, height: height / scale, transform: `scale(${scale})`, left: Math.max(0, (room - width * scale) / 2) }}
        />
      )}
    </Box>
  )
}
