import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen } from '../../api/job'
import classes from './access.module.css'
import { type Job, JobActions, JobState, useJob } from './job'
import { Question } from './question'

interface SavingProps {
  asked: Job
  moved(job: Job): void
  /** Called once when the changes are applied, as far as they were. */
  applied(): void
  leave(): void
}

/** The changes that wait in the queue, until all are applied (T6). */
export function Saving({ asked, moved, applied, leave }: SavingProps) {
  const { t } = useTranslation('team')
  const job = useJob(asked)
  const ended = !isOpen(job)
  const told = useRef(false)
  useEffect(() => {
    if (!ended || told.current) return
    told.current = true
    moved(job)
    applied()
  }, [ended, job, moved, applied])
  return (
    <div className={classes.foot}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Stack gap={4} flex={1} miw={220}>
          <Text size="sm" fw={600}>
            {ended ? job.title : t('access.applying')}
          </Text>
          <JobState job={job} />
        </Stack>
        <Group gap="xs">
          <JobActions job={job} next={moved} />
          {ended && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={leave}>
              {t('access.dismiss')}
            </Button>
          )}
        </Group>
      </Group>
      {!ended && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('access.mayLeave')}
        </Text>
      )}
    </div>
  )
}

/** Asks before a draft is lost. */
export function Leave({ stay, leave }: { stay(): void; leave(): void }) {
  const { t } = useTranslation('team')
  return (
    <Question title={t('access.leaveTitle')} close={stay}>
      <Text size="sm">{t('access.leaveWords')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={stay} data-autofocus>
          {t('access.stay')}
        </Button>
        <Button color="red" onClick={leave}>
          {t('access.leave')}
        </Button>
      </Group>
    </Question>
  )
}
