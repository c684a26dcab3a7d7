// Leads from a file: the server reads it, says which rows are none, and a job brings the others in.

import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSubscription } from 'urql'
import { clientHeader } from '../../api/client'
import { Modal } from '../../ui/modal'
import classes from './leads.module.css'
import { CampaignPicker } from './pickers'
import { JOB } from './queries'

/** What the server says of a file. */
interface Report {
  rows: number
  accepted: number
  refused: number
  problems: { line: number; message: string }[]
  job: string | null
}

interface Props {
  /** The campaign that is offered first. */
  campaign: string | undefined
  close(): void
}

/** The window that imports leads into a campaign. */
export function ImportWindow({ campaign: first, close }: Props) {
  const { t } = useTranslation(['leads', 'frame'])
  const [campaign, setCampaign] = useState(first)
  const [file, setFile] = useState<File | null>(null)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [report, setReport] = useState<Report>()

  const send = async () => {
    if (!campaign || !file) return
    setSending(true)
    setProblem(undefined)
    const answer = await upload(campaign, file)
    setSending(false)
    if (answer.done) setReport(answer.report)
    else setProblem(answer.reason ?? t('frame:error.away'))
  }
  const again = () => {
    setReport(undefined)
    setFile(null)
  }

  return (
    <Modal opened onClose={close} title={t('import.title')}>
      {report ? (
        <Stack gap="md">
          <Outcome report={report} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={again}>
              {t('import.again')}
            </Button>
            <Button onClick={close}>{t('import.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('import.words')}</Text>
          <CampaignPicker mayChange label={t('import.campaign')} placeholder={t('filter.campaign')} value={campaign} change={setCampaign} />
          <ChooseFile file={file} choose={setFile} />
          {problem && (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('frame:cancel')}
            </Button>
            <Button onClick={send} loading={sending} disabled={!campaign || !file}>
              {t('import.start')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

function ChooseFile({ file, choose }: { file: File | null; choose(file: File | null): void }) {
  const { t } = useTranslation('leads')
  const [over, setOver] = useState(false)
  const [wrong, setWrong] = useState(false)
  const take = (taken: File | null | undefined) => {
    const good = taken?.type.startsWith('text/') || /\.(csv|txt|tsv)$/i.test(taken?.name ?? '')
    setWrong(taken != null && !good)
    if (taken && good) choose(taken)
  }
  const drag = (event: DragEvent, now: boolean) => {
    event.preventDefault()
    setOver(now)
  }
  return (
    <div>
      <Group
        className={classes.drop}
        data-over={over || undefined}
        justify="center"
        onDragOver={(e) => drag(e, true)}
        onDragLeave={(e) => drag(e, false)}
        onDrop={(e) => {
          drag(e, false)
          take(e.dataTransfer.files[0])
        }}
      >
        <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={take} inputProps={{ 'aria-label': t('import.file') }}>
          {(props) => (
            <Button {...props} variant="light" leftSection={<IconFileText size={16} stroke={1.7} />}>
              {file ? file.name : t('import.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('import.drop')}
        </Text>
      </Group>
      {wrong && (
        <Text size="sm" c="red" role="alert" mt={4}>
          {t('import.notCsv')}
        </Text>
      )}
    </div>
  )
}

function Outcome({ report }: { report: Report }) {
  const { t } = useTranslation('leads')
  return (
    <Stack gap="sm" role="status">
      {report.job ? <Coming job={report.job} accepted={report.accepted} /> : <Text fw={600}>{t('import.nothing')}</Text>}
      {report.refused > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t('import.refused', { count: report.refused })}
          </Text>
          {report.problems.length < report.refused && (
            <Text size="xs" c="dimmed">
              {t('import.first', { count: report.problems.length })}
            </Text>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <ul className={classes.problems} tabIndex={0}>
            {report.problems.map((p) => (
              <li key={p.line}>
                <b>{t('import.line', { line: p.line })}</b> {p.message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Stack>
  )
}

/** How far the leads of the file are on their way in. */
function Coming({ job, accepted }: { job: string; accepted: number }) {
  const { t } = useTranslation('leads')
  const [{ data }] = useSubscription({ query: JOB, variables: { job } })
  const now = data?.jobProgress
  const ended = now && now.state !== 'QUEUED' && now.state !== 'RUNNING'
  if (!ended) {
    return (
      <div>
        <Text fw={600}>{t('import.accepted', { count: accepted })}</Text>
        <Progress my={6} value={now && now.total > 0 ? (100 * now.done) / now.total : 0} aria-label={t('import.title')} />
        <Text size="xs" c="dimmed">
          {t('import.progress', { done: now?.done ?? 0, total: now?.total ?? accepted })} · {t('import.background')}
        </Text>
      </div>
    )
  }
  return (
    <div>
      <Text fw={600}>{now.state === 'FAILED' ? t('import.jobFailed') : t('import.finished', { count: now.done })}</Text>
      {now.reason && <Text size="sm">{now.reason}</Text>}
      <Text size="sm" c="dimmed">
        {now.outcome
          .filter((o) => o.count > 0)
          .map((o) => `${o.label}: ${o.count}`)
          .join(' · ')}
      </Text>
    </div>
  )
}

type Uploaded = { done: true; report: Report } | { done: false; reason?: string | undefined }

/** Sends a file. Where it was not taken, the reason is the server's; none where the server did not answer. */
async function upload(campaign: string, file: File): Promise<Uploaded> {
  try {
    const response = await fetch(`/upload/leads/${encodeURIComponent(campaign)}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...clientHeader, 'Content-Type': 'text/csv' },
      body: file,
    })
    const answer: unknown = await response.json()
    if (response.ok) return { done: true, report: answer as Report }
    return { done: false, reason: (answer as { errors?: { message: string }[] }).errors?.[0]?.message }
  } catch {
    return { done: false }
  }
}
