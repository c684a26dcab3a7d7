import { Badge, Button, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceLaptop, IconDeviceMobile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { MySessionsQuery } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { useSession } from '../../app/session'
import { Away } from '../../ui/away'
import { useConfirm } from '../../ui/confirm'
import { Page } from '../../ui/page'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import { useAgain } from './again'
import { SettingsNav } from './nav'
import classes from './settings.module.css'

const SESSIONS = graphql(`
  query MySessions {
    viewer {
      sessions {
        id
        device
        createdAt
        lastUsedAt
        current
        account {
          id
          name
        }
      }
    }
  }
`)

const END = graphql(`
  mutation EndMySession($input: EndSessionInput!) {
    endSession(input: $input) {
      endedSessionId
      errors {
        message
      }
    }
  }
`)

type MySession = MySessionsQuery['viewer']['sessions'][number]

/** Where the signed-in person is signed in, in browsers and on desktops, and ending it. */
export function Sessions() {
  const { t } = useTranslation(['settings', 'frame'])
  const { renew } = useSession()
  const ask = useConfirm()
  const { data, error, refresh } = useLiveQuery({ query: SESSIONS, variables: {} })
  useAgain(refresh)
  const [act] = useAct(END)
  const [ending, setEnding] = useState(false)
  const sessions = data?.viewer.sessions
  const others = sessions?.filter((s) => !s.current) ?? []
  const end = async (which: readonly MySession[], question: { title: string; words: string; yes: string }) => {
    if (!(await ask({ ...question, danger: true }))) return
    setEnding(true)
    let ended = 0
    for (const session of which) {
      const { done } = await act({ input: { session: session.id } })
      if (!done) break
      ended++
    }
    setEnding(false)
    if (which.some((s) => s.current)) return renew()
    if (ended > 0) told(t('told.ended', { count: ended }))
    refresh()
  }
  const endOne = (session: MySession) =>
    end([session], {
      title: t('sessions.endTitle', { device: session.device || t('sessions.unnamed') }),
      words: session.current ? t('sessions.endThis') : t('sessions.endWords'),
      yes: t('sessions.end'),
    })
  return (
    <Page title={t('frame:nav.settings')} tools={<SettingsNav />} scrolls>
      {sessions ? (
        <Stack gap="sm" className={classes.parts}>
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" flex="1 1 240px">
              {t('sessions.words')}
            </Text>
            {others.length > 0 && (
              <Button
                variant="default"
                loading={ending}
                onClick={() =>
                  end(others, { title: t('sessions.othersTitle'), words: t('sessions.othersWords', { count: others.length }), yes: t('sessions.others') })
                }
              >
                {t('sessions.others')}
              </Button>
            )}
          </Group>
          <ul className={classes.sessions}>
            {sessions.map((session) => (
              <One key={session.id} session={session} end={() => endOne(session)} />
            ))}
          </ul>
        </Stack>
      ) : error ? (
        <Away error={error} again={refresh} />
      ) : (
        <Skeleton height={240} className={classes.parts} />
      )}
    </Page>
  )
}

function One({ session, end }: { session: MySession; end(): void }) {
  const { t } = useTranslation(['settings', 'frame'])
  const name = session.device || t('sessions.unnamed')
  const Picture = pictureOf(session.device)
  return (
    <li className={classes.session}>
      <ThemeIcon variant="light" size={36} color={session.current ? undefined : 'gray'} aria-hidden>
        <Picture size={20} stroke={1.6} />
      </ThemeIcon>
      <div className={classes.device}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {name}
          </Text>
          {session.current && <Badge variant="light">{t('sessions.this')}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {session.account ? session.account.name : t('sessions.noAccount')} · {t('sessions.used')} <Ago moment={session.lastUsedAt} /> · {t('sessions.since')}{' '}
          <Ago moment={session.createdAt} />
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={end} {...(!session.current && { 'aria-label': t('sessions.endOf', { device: name }) })}>
        {session.current ? t('sessions.logOut') : t('sessions.end')}
      </Button>
    </li>
  )
}

/** What a device looks like, as far as its name tells. */
function pictureOf(device: string) {
  if (/Android|iOS|iPhone/.test(device)) return IconDeviceMobile
  return /Firefox|Edge|Opera|Chrome|Safari|Browser/.test(device) ? IconDeviceLaptop : IconDeviceDesktop
}
