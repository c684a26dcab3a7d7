import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import type { CombinedError } from '@urql/core'
import { useTranslation } from 'react-i18next'
import { codeOf } from '../api/client'
import { Empty } from './empty'
import { useSentence } from './sentence'

/** A page that could not be read, why, and a way to try again. */
export function Away({ error, again }: { error: CombinedError; again(): void }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (
    <Empty icon={IconCloudOff} title={codeOf(error) === 'AWAY' ? t('away.title') : t('away.failed')} words={sentence(error)}>
      <Button onClick={again}>{t('away.again')}</Button>
    </Empty>
  )
}
