import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEntrance } from './entrance'

/** Says where mails are, on a server that sends none. */
export function OutboxNote() {
  const { t } = useTranslation()
  if (!useEntrance()?.outboxShown) return null
  return (
    <Text size="sm" c="dimmed">
      {t('outbox.words')}{' '}
      <Anchor href="/outbox" target="_blank" underline="always" inherit>
        {t('outbox.open')}
      </Anchor>
    </Text>
  )
}
