import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconDeviceLaptop, IconDevicesOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useLiveQuery } from '../../api/live'
import { Away } from '../../ui/away'
import { useConfirm } from '../../ui/confirm'
import { Empty } from '../../ui/empty'
import { Opening } from '../../ui/opening'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'

const SESSIONS = graphql(`
  query PersonSessions($id: ID!) {
    node(id: $id) {
      __typename
      ... on Collaborator {
        id
        sessions {
          id
          device
          createdAt
          lastUsedAt
          current
        }
      }
    }
  }
`)

const END = graphql(`
  mutation EndSessionOfPerson($input: EndSessionInput!) {
    endSession(input: $input) {
      endedSessionId
      errors {
        message
      }
    }
  }
`)

/** Where a person is signed in to the account, with "end". */
export function PersonSessions({ id, name, self }: { id: string; name: string; self: boolean }) {
  const { t } = useTranslation(['team', 'frame'])
  const ask = useConfirm()
  const { data, error, refresh } = useLiveQuery({ query: SESSIONS, variables: { id } })
  const [end, ending] = useAct(END)
  if (error && !data) return <Away error={error} again={refresh} />
  if (!data) return <Opening />
  const sessions = data.node?.__typename === 'Collaborator' ? (data.node.sessions ?? []) : []
  if (sessions.length === 0) return <Empty icon={IconDevicesOff} title={t('sessions.emptyTitle')} words={t('sessions.emptyWords', { name })} />
  const stop = async (session: (typeof sessions)[number]) => {
    const device = session.device || t('sessions.unnamed')
    const yes = await ask({
      title: t('sessions.askTitle', { device }),
      words: t(self ? 'sessions.askOwn' : 'sessions.askWords', { name }),
      yes: t('sessions.end'),
      danger: true,
    })
    if (!yes) return
    const outcome = await end({ input: { session: session.id } })
    if (!outcome.done) return
    told(t('sessions.ended', { device }))
    refresh()
  }
  return (
    <Stack component="ul" gap={0} m={0} p={0} maw={680} style={{ listStyle: 'none' }}>
      {sessions.map((session) => (
        <Group component="li" key={session.id} justify="space-between" wrap="nowrap" py="xs">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <IconDeviceLaptop size={20} stroke={1.6} aria-hidden />
            <div>
              <Group gap="xs">
                <Text size="sm" fw={500}>
                  {session.device || t('sessions.unnamed')}
                </Text>
                {session.current && (
                  <Badge size="xs" variant="light" color="green">
                    {t('sessions.current')}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {t('sessions.used')} <Ago moment={session.lastUsedAt} /> · {t('sessions.began')} <Ago moment={session.createdAt} />
              </Text>
            </div>
          </Group>
          <Button
            variant="default"
            size="compact-sm"
            disabled={ending}
            aria-label={t('sessions.endOne', { device: session.device || t('sessions.unnamed') })}
            onClick={() => stop(session)}
          >
            {t('sessions.end')}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}
