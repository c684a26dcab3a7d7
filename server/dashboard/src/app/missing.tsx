import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/empty'
import { Alone } from './alone'

/** There is no such page. */
export function Missing() {
  const { t } = useTranslation()
  return (
    <Alone>
      <Empty icon={IconMapOff} title={t('missing.title')} words={t('missing.words')}>
        <Button component={Link} to="/">
          {t('missing.home')}
        </Button>
      </Empty>
    </Alone>
  )
}
