// Long work: how far it is, what came of it, and what can be done about it. Shown in the access window and in the list of jobs.

import { Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSubscription } from 'urql'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { JobFieldsFragment } from '../../api/gql/graphql'
import { isOpen } from '../../api/job'
import { workAsked } from '../../app/jobs-note'

export const JOB_FIELDS = graphql(`
  fragment JobFields on Job {
    id
    number
    kind
    title
    state
    total
    done
    failed
    left
    secondsLeft
    reason
    createdAt
    finishedAt
    mayCancel
    mayRetry
    mayUndo
    outcome {
      name
      label
      count
    }
    askedBy {
      id
      firstName
      lastName
    }
    failures(first: 20) {
      totalCount
      edges {
        node {
          label
          reason
        }
      }
    }
  }
`)

const PROGRESS = graphql(`
  subscription JobProgress($job: ID!) {
    jobProgress(job: $job) {
      ...JobFields
    }
  }
`)

const CANCEL = graphql(`
  mutation CancelJob($input: JobInput!) {
    cancelJob(input: $input) {
      job {
        ...JobFields
      }
      errors {
        message
      }
    }
  }
`)

const RETRY = graphql(`
  mutation RetryJob($input: JobInput!) {
    retryJob(input: $input) {
      job {
        ...JobFields
      }
      errors {
        message
      }
    }
  }
`)

const UNDO = graphql(`
  mutation UndoJob($input: JobInput!) {
    undoJob(input: $input) {
      job {
        ...JobFields
      }
      errors {
        message
      }
    }
  }
`)

export type Job = JobFieldsFragment

/** A job as it is now: it is followed until it has ended. */
export function useJob(job: Job): Job {
  const [{ data }] = useSubscription({ query: PROGRESS, variables: { job: job.id }, pause: !isOpen(job) })
  return data?.jobProgress.id === job.id && (isOpen(job) || !isOpen(data.jobProgress)) ? data.jobProgress : job
}

/** How far a job is, or what came of it, in words and as a bar. */
export function JobState({ job }: { job: Job }) {
  const { t } = useTranslation('team')
  const words = useOutcome(job)
  const percent = job.total === 0 ? (isOpen(job) ? 0 : 100) : (100 * (job.done + job.failed)) / job.total
  const color = job.state === 'FAILED' || job.failed > 0 ? 'red' : job.state === 'CANCELLED' ? 'gray' : job.state === 'DONE' ? 'green' : undefined
  return (
    <Stack gap={6}>
      <Progress value={percent} color={color} size="md" animated={job.state === 'RUNNING'} aria-label={job.title} />
      <Text size="sm" c={job.state === 'FAILED' ? 'red' : 'dimmed'} role="status">
        {words}
      </Text>
      {!isOpen(job) && job.failures.totalCount > 0 && (
        <List size="sm" spacing={2}>
          {job.failures.edges.map(({ node }) => (
            <List.Item key={`${node.label} ${node.reason}`}>
              {node.label}
              {': '}
              <Text span c="dimmed">
                {node.reason}
              </Text>
            </List.Item>
          ))}
          {job.failures.totalCount > job.failures.edges.length && (
            <List.Item>{t('job.moreFailures', { count: job.failures.totalCount - job.failures.edges.length })}</List.Item>
          )}
        </List>
      )}
    </Stack>
  )
}

/** The state of a job in a sentence. */
function useOutcome(job: Job): string {
  const { t, i18n } = useTranslation('team')
  const number = new Intl.NumberFormat(i18n.language)
  const counts = job.outcome.map((o) => t('job.outcome', { label: o.label, n: number.format(o.count) })).join(' · ')
  switch (job.state) {
    case 'QUEUED':
      return t('job.queued')
    case 'RUNNING': {
      const far = t('job.running', { done: number.format(job.done + job.failed), total: number.format(job.total) })
      return job.secondsLeft ? `${far} · ${t('job.left', { count: job.secondsLeft })}` : far
    }
    case 'DONE':
      if (job.failed > 0) return [t('job.doneBut', { count: job.failed }), counts].filter(Boolean).join(' · ')
      return [t('job.done'), counts].filter(Boolean).join(' · ')
    case 'CANCELLED':
      return [t('job.cancelled', { count: job.left }), counts].filter(Boolean).join(' · ')
    case 'FAILED':
      return [t('job.failed'), job.reason, counts].filter(Boolean).join(' · ')
  }
}

/** What can be done about a job. What makes a new job of it hands that on. */
export function JobActions({ job, next }: { job: Job; next?(job: Job): void }) {
  const { t } = useTranslation('team')
  const [cancel, cancelling] = useAct(CANCEL)
  const [retry, retrying] = useAct(RETRY)
  const [undo, undoing] = useAct(UNDO)
  const input = { input: { job: job.id } }
  const run = async (act: typeof retry | typeof undo) => {
    const outcome = await act(input)
    if (!outcome.done) return
    workAsked()
    if (outcome.payload.job) next?.(outcome.payload.job)
  }
  return (
    <Group gap="xs" wrap="nowrap">
      {job.mayCancel && (
        <Button variant="default" size="compact-sm" loading={cancelling} onClick={() => cancel(input)}>
          {t('job.cancel')}
        </Button>
      )}
      {job.mayRetry && (
        <Button variant="default" size="compact-sm" loading={retrying} onClick={() => run(retry)}>
          {t('job.retry')}
        </Button>
      )}
      {job.mayUndo && (
        <Button variant="default" size="compact-sm" loading={undoing} onClick={() => run(undo)}>
          {t('job.undo')}
        </Button>
      )}
    </Group>
  )
}
