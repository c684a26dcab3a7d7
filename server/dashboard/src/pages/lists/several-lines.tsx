import { Alert, Progress as Bar, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../../ui/modal'
import { told } from '../../ui/told'
import { each, type Progress } from '../items/each'
import classes from './several-lines.module.css'

interface Props<Line extends { number: number }> {
  /** The words of the window, and of what is added. */
  words: { title: string; about: string; label: string; example: string; add(count: number): string; done(count: number): string }
  /** What was pasted. */
  text: string
  read(text: string): Line[]
  /** Adds one; returns why it did not. */
  add(line: Line): Promise<string | undefined>
  close(): void
  /** Some were added. */
  added(): void
  children?: ReactNode
}

/** How many lines are added one by one; more are a file to import. */
const most = 500

/** Adds something for each line; those that are refused stay, each with why. */
export function SeveralLines<Line extends { number: number }>(props: Props<Line>) {
  return (
    <Modal opened onClose={props.close} title={props.words.title} size="lg">
      <Fields {...props} />
    </Modal>
  )
}

function Fields<Line extends { number: number }>({ words, text: pasted, read, add, close, added, children }: Props<Line>) {
  const { t } = useTranslation(['lists', 'frame'])
  const [text, setText] = useState(pasted)
  const [refused, setRefused] = useState<{ number: number; why: string }[]>([])
  const [count, setCount] = useState(0)
  const [busy, setBusy] = useState(false)
  const [progress, setProgress] = useState<Progress>()
  const lines = useMemo(() => read(text), [read, text])

  const run = async () => {
    setBusy(true)
    const problems: { number: number; why: string }[] = []
    const { done } = await each(
      lines,
      async (line) => {
        const why = await add(line)
        if (why !== undefined) problems.push({ number: line.number, why })
        return why
      },
      setProgress,
    )
    setBusy(false)
    setCount((n) => n + done.length)
    if (done.length > 0) added()
    const known = new Set(done)
    const left = lines.filter((line) => !known.has(line))
    if (left.length === 0) {
      told(words.done(count + done.length))
      close()
      return
    }
    // What stays in the field begins anew at line 1.
    const written = text.split(/\r\n|\r|\n/)
    const numbers = [...new Set(left.map((line) => line.number))].sort((a, b) => a - b)
    setText(numbers.map((n) => written[n - 1] ?? '').join('\n'))
    setRefused(problems.map(({ number, why }) => ({ why, number: numbers.indexOf(number) + 1 })).sort((a, b) => a.number - b.number))
  }

  return (
    <Stack gap="md">
      <Text size="sm">{words.about}</Text>
      <Textarea
        aria-label={words.label}
        placeholder={words.example}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setRefused([])
        }}
        autosize
        minRows={6}
        maxRows={14}
        disabled={busy}
        data-autofocus
        classNames={{ input: classes.lines }}
      />
      {refused.length > 0 && (
        <Alert color="orange" title={t('several.refused', { count: refused.length, added: count })} role="alert">
          <ul className={classes.refused}>
            {refused.map(({ number, why }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line can be refused twice for the same reason
              <li key={i}>{t('several.line', { line: number, why })}</li>
            ))}
          </ul>
        </Alert>
      )}
      {children}
      {progress && <Bar value={(100 * progress.done) / progress.of} aria-label={words.title} />}
      {lines.length > most && (
        <Alert color="orange" role="alert">
          {t('several.tooMany', { count: most })}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        {progress ? (
          <Button variant="default" onClick={progress.stop}>
            {t('import.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={close}>
            {count > 0 ? t('frame:close') : t('frame:cancel')}
          </Button>
        )}
        <Button onClick={run} loading={busy} disabled={lines.length === 0 || lines.length > most}>
          {words.add(lines.length)}
        </Button>
      </Group>
    </Stack>
  )
}
