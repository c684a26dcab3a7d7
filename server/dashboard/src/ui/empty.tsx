import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Props {
  icon: Icon
  title: string
  /** What will be here, or what to do. */
  words: ReactNode
  /** The way on. */
  children?: ReactNode
}

/** What stands where nothing else does: an empty list, nothing found, a page that is not there. */
export function Empty({ icon: Picture, title, words, children }: Props) {
  return (
    <Center py={64} px="md">
      <Stack align="center" gap="sm" maw={420}>
        <ThemeIcon size={52} radius="xl" variant="light">
          <Picture size={26} stroke={1.6} />
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center">
          {words}
        </Text>
        {children}
      </Stack>
    </Center>
  )
}
