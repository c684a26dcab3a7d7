import { Group, Progress, Text, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSubscription } from 'urql'
import { graphql } from '../api/gql'
import { isOpen } from '../api/job'
import { useLiveQuery } from '../api/live'
import classes from './menus.module.css'

const WORK = graphql(`
  query OpenWork {
    jobs(last: 1, open: true) {
      totalCount
      edges {
        node {
          id
          title
          state
          total
          done
          failed
        }
      }
    }
  }
`)

const MOVES = graphql(`
  subscription WorkMoves($job: ID!) {
    jobProgress(job: $job) {
      id
      state
      total
      done
      failed
    }
  }
`)

const asked = 'partage-work'

/** Says that long work was asked for on this page, so that the navigation shows it at once. */
export function workAsked() {
  window.dispatchEvent(new Event(asked))
}

/** Calls back when long work was asked for on this page. */
export function useWorkAsked(call: () => void) {
  useEffect(() => {
    window.addEventListener(asked, call)
    return () => window.removeEventListener(asked, call)
  }, [call])
}

/** The long work that goes on in the account, in the navigation: nothing while there is none. */
export function JobsNote() {
  const { t, i18n } = useTranslation()
  const { data, refresh } = useLiveQuery({ query: WORK, variables: {} })
  useWorkAsked(refresh)
  const job = data?.jobs.edges[0]?.node
  const [{ data: moved }] = useSubscription({ query: MOVES, variables: { job: job?.id ?? '' }, pause: job === undefined })
  const now = moved && moved.jobProgress.id === job?.id ? moved.jobProgress : job
  const ended = now !== undefined && !isOpen(now)
  useEffect(() => {
    if (ended) refresh()
  }, [ended, refresh])
  if (!job || !now || ended) return null
  const part = now.total === 0 ? 0 : (now.done + now.failed) / now.total
  const others = (data?.jobs.totalCount ?? 1) - 1
  return (
    <UnstyledButton component={Link} to="/jobs" className={classes.target} mb={4}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" truncate>
          {job.title}
        </Text>
        <Text size="xs" c="dimmed">
          {new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(part)}
        </Text>
      </Group>
      <Progress value={part * 100} size="xs" mt={4} aria-label={job.title} />
      {others > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('nav.otherJobs', { count: others })}
        </Text>
      )}
    </UnstyledButton>
  )
}
