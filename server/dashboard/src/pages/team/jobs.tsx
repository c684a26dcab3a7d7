import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import { isOpen } from '../../api/job'
import { useLiveQuery } from '../../api/live'
import { useWorkAsked } from '../../app/jobs-note'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Opening } from '../../ui/opening'
import { Page } from '../../ui/page'
import { nameOf } from '../../ui/person'
import { Ago } from '../../ui/time'
import { type Job, JobActions, JobState, useJob } from './job'

const JOBS = graphql(`
  query Jobs($after: String) {
    jobs(first: 30, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...JobFields
        }
      }
    }
  }
`)

/** Long work: what goes on, and what came of what was asked for in the last 90 days. */
export function Jobs() {
  const { t } = useTranslation('team')
  const [cursors, setCursors] = useState<(string | null)[]>([null])
  const more = useCallback((after: string) => setCursors((known) => (known.includes(after) ? known : [...known, after])), [])
  return (
    <Page title={t('jobs.title')} scrolls>
      <Stack gap="sm" maw={860}>
        {cursors.map((after, i) => (
          <JobPage key={`${after}`} after={after} last={i === cursors.length - 1} more={more} />
        ))}
      </Stack>
    </Page>
  )
}

interface PageProps {
  after: string | null
  last: boolean
  more(after: string): void
}

function JobPage({ after, last, more }: PageProps) {
  const { t } = useTranslation('team')
  const { data, error, refresh } = useLiveQuery({ query: JOBS, variables: { after } })
  useWorkAsked(refresh)
  if (error && !data) return <Away error={error} again={refresh} />
  if (!data) return <Opening />
  const { edges, pageInfo } = data.jobs
  if (after === null && edges.length === 0) return <Empty icon={IconChecklist} title={t('jobs.emptyTitle')} words={t('jobs.emptyWords')} />
  return (
    <>
      {edges.map(({ node }) => (
        <OneJob key={node.id} job={node} />
      ))}
      {last && pageInfo.hasNextPage && (
        <Button variant="default" onClick={() => pageInfo.endCursor && more(pageInfo.endCursor)}>
          {t('jobs.older')}
        </Button>
      )}
    </>
  )
}

const colors = { QUEUED: 'gray', RUNNING: 'blue', DONE: 'green', CANCELLED: 'gray', FAILED: 'red' } as const

function OneJob({ job: known }: { job: Job }) {
  const { t } = useTranslation('team')
  const job = useJob(known)
  return (
    <Card withBorder padding="md" component="article" aria-label={job.title}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {job.title}
            </Text>
            <Badge variant="light" color={job.state === 'DONE' && job.failed > 0 ? 'orange' : colors[job.state]}>
              {t(`job.state.${job.state}`)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {t('job.number', { number: job.number })} · {job.askedBy ? t('job.by', { name: nameOf(job.askedBy) }) : t('job.byGone')} ·{' '}
            <Ago moment={isOpen(job) ? job.createdAt : (job.finishedAt ?? job.createdAt)} />
          </Text>
        </div>
        <JobActions job={job} />
      </Group>
      <Stack mt="xs">
        <JobState job={job} />
      </Stack>
    </Card>
  )
}
