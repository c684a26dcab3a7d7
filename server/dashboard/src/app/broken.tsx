import { Button } from '@mantine/core'
import { IconBandage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/empty'

/** Stands in place of a page that failed, such as one whose files a newer version of the server has no more. */
export function Broken() {
  const { t } = useTranslation()
  return (
    <Empty icon={IconBandage} title={t('broken.title')} words={t('broken.words')}>
      <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
    </Empty>
  )
}
