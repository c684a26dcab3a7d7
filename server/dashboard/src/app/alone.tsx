import { Box, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'

/** What stands in the window without the frame of an account around it. */
export function Alone({ children }: { children: ReactNode }) {
  return (
    <Box component="main">
      <VisuallyHidden component="h1">Partage</VisuallyHidden>
      {children}
    </Box>
  )
}
