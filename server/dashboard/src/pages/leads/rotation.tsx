import { ActionIcon, Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconPlayerPause, IconPlayerPlay, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { codeOf } from '../../api/client'
import { useLiveQuery } from '../../api/live'
import { useInsider, useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Gone } from '../../ui/gone'
import { Opening } from '../../ui/opening'
import { Page } from '../../ui/page'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import { LeadFormSettings } from './form-settings'
import { ButtonLink } from './links'
import classes from './rotation.module.css'
import { RotationPeople } from './rotation-people'
import { CHANGE_ROTATION, ROTATION, type Rotation } from './rotation-queries'
import { AssignNow } from './waiting'

/** Who is given the leads of a campaign in turn, and how leads come in. */
export function RotationPage() {
  const { t } = useTranslation('leads')
  const { id } = useParams({ from: '/inside/campaigns/$id/rotation' })
  const { collaborator: me } = useInsider()
  const { data, error, refresh } = useLiveQuery({ query: ROTATION, variables: { campaign: id } })
  const code = error && codeOf(error)
  const denied = code === 'FORBIDDEN'
  const rotation = data?.rotation
  return (
    <Page
      title={rotation ? rotation.campaign.name : t('rotation.title')}
      about={rotation && <About rotation={rotation} />}
      back={{ to: '/campaigns', label: t('rotation.campaign') }}
      actions={rotation && <Actions rotation={rotation} />}
      scrolls
    >
      {rotation ? (
        <div className={classes.columns}>
          <People rotation={rotation} refresh={refresh} />
          {me.role !== 'MEMBER' && rotation.campaign.myLevel === 'EDIT' && <LeadFormSettings campaign={rotation.campaign} />}
        </div>
      ) : denied ? (
        <Empty icon={IconUsers} title={t('rotation.title')} words={t('rotation.denied')}>
          <ButtonLink to="/leads" search={{ campaign: id }}>
            {t('rotation.leads')}
          </ButtonLink>
        </Empty>
      ) : code === 'NOT_FOUND' ? (
        <Gone to="/campaigns" back={t('rotation.back')} />
      ) : error ? (
        <Away error={error} again={refresh} />
      ) : (
        <Opening />
      )}
    </Page>
  )
}

function About({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation('leads')
  return (
    <Group gap={8} wrap="nowrap">
      {t('rotation.title')}
      {rotation.paused && (
        <Badge color="yellow" variant="light" tt="none">
          {t('rotation.paused')}
        </Badge>
      )}
    </Group>
  )
}

function Actions({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation('leads')
  const owner = useOwner()
  const [change, changing] = useAct(CHANGE_ROTATION)
  const pause = async () => {
    const paused = !rotation.paused
    const outcome = await change({ input: { campaign: rotation.campaign.id, paused } })
    if (outcome.done) told(t(paused ? 'rotation.pausedNow' : 'rotation.resumedNow'))
  }
  const Icon = rotation.paused ? IconPlayerPlay : IconPlayerPause
  const words = t(rotation.paused ? 'rotation.resume' : 'rotation.pause')
  return (
    <>
      <ButtonLink to="/leads" search={{ campaign: rotation.campaign.id }} variant="default" leftSection={<IconInbox size={16} stroke={1.8} />} visibleFrom="xs">
        {t('title')}
      </ButtonLink>
      {owner && (
        <Button
          variant={rotation.paused ? 'filled' : 'default'}
          loading={changing}
          leftSection={<Icon size={16} stroke={1.8} />}
          onClick={pause}
          visibleFrom="xs"
        >
          {words}
        </Button>
      )}
      {owner && (
        <ActionIcon variant={rotation.paused ? 'filled' : 'default'} color={undefined} loading={changing} onClick={pause} aria-label={words} hiddenFrom="xs">
          <Icon size={18} stroke={1.7} />
        </ActionIcon>
      )}
    </>
  )
}

function People({ rotation, refresh }: { rotation: Rotation; refresh(): void }) {
  const { t } = useTranslation('leads')
  const owner = useOwner()
  const empty = rotation.people.length === 0
  return (
    <Stack gap="sm" component="section" aria-label={t('rotation.title')}>
      <State rotation={rotation} refresh={refresh} />
      {empty ? (
        <Empty icon={IconUsers} title={t('rotation.emptyTitle')} words={owner ? t('rotation.emptyWords') : t('rotation.emptyMember')}>
          {owner && <ButtonLink to="/team">{t('rotation.team')}</ButtonLink>}
        </Empty>
      ) : (
        <>
          <Group justify="space-between" align="flex-end" gap="xs">
            <div className={classes.intro}>
              <Title order={2} size="h5">
                {t('rotation.people')}
              </Title>
              <Text size="sm" c="dimmed">
                {t('rotation.order')} {!owner && t('rotation.readOnly')}
              </Text>
            </div>
            {owner && (
              <ButtonLink to="/team" variant="light" leftSection={<IconUserPlus size={16} stroke={1.8} />} flex="none">
                {t('rotation.addPeople')}
              </ButtonLink>
            )}
          </Group>
          <RotationPeople rotation={rotation} may={owner} refresh={refresh} />
        </>
      )}
    </Stack>
  )
}

/** What somebody should look at: that leads wait, or will. */
function State({ rotation, refresh }: { rotation: Rotation; refresh(): void }) {
  const { t } = useTranslation('leads')
  if (!rotation.alert && rotation.waiting === 0 && !rotation.paused) return null
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} stroke={1.7} />} role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 240px">
          {rotation.alert ?? t('rotation.pausedWords')}
          {rotation.waitingSince && (
            <>
              {' '}
              · {t('rotation.waitingSince')} <Ago moment={rotation.waitingSince} />
            </>
          )}
        </Text>
        {rotation.waiting > 0 && rotation.campaign.myLevel === 'EDIT' && <AssignNow campaign={rotation.campaign} done={refresh} />}
      </Group>
    </Alert>
  )
}
