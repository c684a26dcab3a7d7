import { Button, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useSession } from '../../app/session'
import { useConfirm } from '../../ui/confirm'

const LEAVE = graphql(`
  mutation LeaveAccount {
    leaveAccount {
      left
      errors {
        message
      }
    }
  }
`)

/** Leaving the account that is open. */
export function Leave({ name }: { name: string }) {
  const { t } = useTranslation(['settings', 'frame'])
  const ask = useConfirm()
  const { renew } = useSession()
  const [leave, leaving] = useAct(LEAVE)
  const go = async () => {
    const yes = await ask({ title: t('leave.title', { name }), words: t('leave.ask'), yes: t('leave.yes'), danger: true })
    if (!yes) return
    const { done } = await leave({})
    if (done) renew()
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('leave.heading')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('leave.words')}
      </Text>
      <Button variant="default" c="red" onClick={go} loading={leaving}>
        {t('leave.button')}
      </Button>
    </Stack>
  )
}
