// Leads that nobody was given are not overlooked: they stand above the list, with since when and why they wait.

import { Button, Group, Progress, Text, UnstyledButton } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSubscription } from 'urql'
import { useAct } from '../../api/act'
import type { WaitingLeadsQuery } from '../../api/gql/graphql'
import { isOpen } from '../../api/job'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import { TextLink } from '../items/link'
import classes from './leads.module.css'
import { ButtonLink } from './links'
import { ASSIGN_WAITING, JOB } from './queries'

type Waits = WaitingLeadsQuery['waitingLeads'][number]

/** So many campaigns are shown until more are asked for. */
const few = 2

interface Props {
  /** Campaigns where leads wait; not empty. */
  waiting: Waits[]
  /** Whether those leads are what the list shows already. */
  shown: boolean
  show(): void
}

/** Where leads wait for somebody, and a way to give them out. */
export function Waiting({ waiting, shown, show }: Props) {
  const { t } = useTranslation('leads')
  const [all, setAll] = useState(false)
  const count = waiting.reduce((sum, w) => sum + w.count, 0)
  const hidden = waiting.length - few
  return (
    <section className={classes.waiting} aria-label={t('waiting.label')}>
      <Group gap={8} justify="space-between" wrap="nowrap">
        <Group gap={8} wrap="nowrap">
          <IconClock size={17} stroke={1.8} aria-hidden className={classes.icon} />
          <Text size="sm" fw={600} role="status">
            {t('waiting.title', { count })}
          </Text>
        </Group>
        {!shown && (
          <Button variant="subtle" size="compact-sm" flex="none" onClick={show}>
            {t('waiting.show')}
          </Button>
        )}
      </Group>
      <div className={classes.waitingRows}>
        {(all ? waiting : waiting.slice(0, few)).map((w) => (
          <OfCampaign key={w.campaign.id} waits={w} />
        ))}
      </div>
      {hidden > 0 && (
        <UnstyledButton onClick={() => setAll(!all)} mih={28} aria-expanded={all}>
          <Text size="xs" c="dimmed" td="underline">
            {all ? t('waiting.less') : t('waiting.more', { count: hidden })}
          </Text>
        </UnstyledButton>
      )}
    </section>
  )
}

function OfCampaign({ waits: { campaign, since, reason } }: { waits: Waits }) {
  const { t } = useTranslation('leads')
  return (
    <div className={classes.waitingRow}>
      <div>
        <TextLink to="/leads" search={{ campaign: campaign.id, who: 'nobody' }} size="sm" fw={500} c="inherit">
          {campaign.name}
        </TextLink>
        <Text size="xs" c="light-dark(var(--mantine-color-gray-8), var(--mantine-color-gray-4))">
          {reason} · {t('waiting.since')} <Ago moment={since} />
        </Text>
      </div>
      <Group gap={6} wrap="nowrap">
        <ButtonLink
          to="/campaigns/$id/rotation"
          params={{ id: campaign.id }}
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-label={t('waiting.rotationOf', { name: campaign.name })}
        >
          {t('waiting.rotation')}
        </ButtonLink>
        {campaign.myLevel === 'EDIT' && <AssignNow campaign={campaign} />}
      </Group>
    </div>
  )
}

/** Gives the waiting leads of a campaign out, and shows how far that is where there are many. */
export function AssignNow({ campaign, done }: { campaign: { id: string; name: string }; done?: () => void }) {
  const { t } = useTranslation('leads')
  const [assign, assigning] = useAct(ASSIGN_WAITING)
  const [job, setJob] = useState<string>()
  const run = async () => {
    const outcome = await assign({ input: { campaign: campaign.id } })
    if (!outcome.done) return
    const { assigned, job: rest } = outcome.payload
    setJob(rest?.id)
    done?.()
    if (assigned === 0 && !rest) told(t('waiting.nobody'))
    else told(t(rest ? 'waiting.assignedRest' : 'waiting.assigned', { count: assigned }))
  }
  const ended = useCallback(() => setJob(undefined), [])
  if (job) return <Dealing job={job} ended={ended} />
  return (
    <Button size="compact-sm" loading={assigning} onClick={run} aria-label={`${t('waiting.assign')}: ${campaign.name}`}>
      {t('waiting.assign')}
    </Button>
  )
}

function Dealing({ job, ended }: { job: string; ended(): void }) {
  const { t } = useTranslation('leads')
  const [{ data, error }] = useSubscription({ query: JOB, variables: { job } })
  const now = data?.jobProgress
  const over = error !== undefined || (now !== undefined && !isOpen(now))
  useEffect(() => {
    if (over) ended()
  }, [over, ended])
  const words = t('waiting.job', { done: now?.done ?? 0, total: now?.total ?? 0 })
  return <Progress w={140} value={now && now.total > 0 ? (100 * now.done) / now.total : 0} aria-label={words} title={words} />
}
