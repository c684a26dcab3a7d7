import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/empty'
import { lazily } from '../ui/later'
import { Opening } from '../ui/opening'
import { Alone } from './alone'
import mark from './mark.svg'
import { useSession } from './session'

const Framed = lazily(async () => (await import('./inside')).Framed)

/** There is no such page: in the frame for those who are within an account. */
export function Missing() {
  const { t } = useTranslation()
  const { viewer, error } = useSession()
  const words = (
    <Empty icon={IconMapOff} title={t('missing.title')} words={t('missing.words')}>
      <Button component={Link} to="/">
        {t('missing.home')}
      </Button>
    </Empty>
  )
  if (viewer?.account) {
    return (
      <Suspense>
        <Framed>
          <VisuallyHidden component="h1">Partage</VisuallyHidden>
          {words}
        </Framed>
      </Suspense>
    )
  }
  if (viewer === undefined && !error) return <Opening />
  return (
    <Alone>
      <Group gap="sm" justify="center" pt="xl">
        <img src={mark} alt="" width={34} height={34} />
        <Text fw={650} size="lg">
          Partage
        </Text>
      </Group>
      {words}
    </Alone>
  )
}
