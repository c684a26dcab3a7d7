import { Center, Paper, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import classes from './drop.module.css'

interface Props {
  /** What happens to a file that is let go here; undefined where nothing does. */
  words: string | undefined
  take(file: File): void
}

/** Takes a file that is dropped anywhere on the page. */
export function DropAnywhere({ words, take }: Props) {
  const over = useFileOver(take)
  if (!over || words === undefined) return null
  return (
    <Center className={classes.over}>
      <Paper shadow="lg" p="xl" radius="lg" ta="center">
        <IconFileImport size={32} stroke={1.6} aria-hidden />
        <Text fw={600} mt="xs">
          {words}
        </Text>
      </Paper>
    </Center>
  )
}

/** Whether a file is held over the page. */
function useFileOver(take: (file: File) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const held = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    let depth = 0 // what is entered and not left: each element of the page says so
    const enter = (event: DragEvent) => {
      if (!held(event)) return
      depth++
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (held(event) && --depth <= 0) setOver(false)
    }
    const hover = (event: DragEvent) => held(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      if (!held(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) latest.current(file)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', hover)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', hover)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return over
}
