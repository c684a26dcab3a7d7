import { Alert, Anchor, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { InvitePeopleMutation } from '../../api/gql/graphql'
import { Modal } from '../../ui/modal'
import { Outcomes } from './outcomes'
import { offerSample, textOf } from './sample'
import classes from './sharing.module.css'

const INVITE_PEOPLE = graphql(`
  mutation InvitePeople($input: InvitePeopleInput!) {
    invitePeople(input: $input) {
      invited
      lines {
        line
        email
        outcome
        message
      }
      errors {
        field
        message
      }
    }
  }
`)

type Result = InvitePeopleMutation['invitePeople']

/** Inviting the people of a CSV file: it is read, what would happen is shown line by line, and only then it is done. */
export function FileWindow({ close, done }: { close(): void; done(): void }) {
  const { t } = useTranslation(['sharing', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const [csv, setCsv] = useState('')
  const [name, setName] = useState<string>()
  const [tried, setTried] = useState<Result>()
  const [sent, setSent] = useState<Result>()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [act, busy] = useAct(INVITE_PEOPLE, { quiet: true })
  const run = async (text: string, dryRun: boolean) => {
    const outcome = await act({ input: { csv: text, dryRun } })
    setProblems(outcome.done ? [] : outcome.problems)
    if (!outcome.done) return
    if (dryRun) setTried(outcome.payload)
    else {
      setSent(outcome.payload)
      done()
    }
  }
  const take = async (file: File | null | undefined) => {
    if (!file) return
    const text = await textOf(file)
    setName(file.name)
    setCsv(text)
    await run(text, true)
  }
  const shown = sent ?? tried
  return (
    <Modal opened onClose={close} size={720} fullScreen={narrow} title={sent ? t('file.doneTitle') : tried ? t('file.tryTitle') : t('file.title')}>
      <Stack gap="md">
        {problems.map((p) => (
          <Alert key={p.message} color="red" variant="light" role="alert">
            {p.message}
          </Alert>
        ))}
        {shown ? (
          <>
            <Text size="sm" aria-live="polite">
              {sent ? t('file.sent', { count: sent.invited }) : t('file.would', { count: shown.invited, lines: shown.lines.length })}
            </Text>
            <Outcomes lines={shown.lines} done={sent !== undefined} />
            <Group justify="flex-end" gap="xs">
              {sent ? (
                <Button onClick={close}>{t('frame:close')}</Button>
              ) : (
                <>
                  <Button variant="default" onClick={() => setTried(undefined)}>
                    {t('file.back')}
                  </Button>
                  <Button onClick={() => run(csv, false)} loading={busy} disabled={shown.invited === 0}>
                    {t('file.confirm', { count: shown.invited })}
                  </Button>
                </>
              )}
            </Group>
          </>
        ) : (
          <Source csv={csv} name={name} busy={busy} setCsv={setCsv} take={take} check={() => run(csv, true)} close={close} />
        )}
      </Stack>
    </Modal>
  )
}

interface SourceProps {
  csv: string
  name: string | undefined
  busy: boolean
  setCsv(csv: string): void
  take(file: File | null | undefined): void
  check(): void
  close(): void
}

/** Where the lines come from: a file, or what is pasted. */
function Source({ csv, name, busy, setCsv, take, check, close }: SourceProps) {
  const { t, i18n } = useTranslation(['sharing', 'frame'])
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('file.words')}{' '}
        <Anchor component="button" type="button" size="sm" onClick={() => offerSample(i18n.language)}>
          {t('file.sample')}
        </Anchor>
      </Text>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file here is a shortcut of the button within */}
      <div className={classes.file} data-over={over || undefined} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop}>
        <Group gap="sm">
          <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={take} inputProps={{ 'aria-label': t('file.choose') }}>
            {(props) => (
              <Button {...props} variant="light" leftSection={<IconFileUpload size={17} stroke={1.8} />} loading={busy && name !== undefined}>
                {t('file.choose')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {name ?? t('file.drop')}
          </Text>
        </Group>
      </div>
      <Textarea
        label={t('file.paste')}
        placeholder={t('file.example')}
        value={csv}
        onChange={(e) => setCsv(e.currentTarget.value)}
        minRows={6}
        maxRows={12}
        autosize
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        spellCheck={false}
        data-autofocus
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {t('frame:cancel')}
        </Button>
        <Button onClick={check} loading={busy} disabled={csv.trim() === ''}>
          {t('file.check')}
        </Button>
      </Group>
    </>
  )
}
