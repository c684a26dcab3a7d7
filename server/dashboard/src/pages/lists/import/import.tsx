// Bringing a file into a contact list or a blacklist: choose or drop it, see how far it is, read what became of its rows.

import { Alert, Button, FileButton, Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconAlertCircle, IconFileImport, IconFileText } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConfirm } from '../../../ui/confirm'
import { Modal } from '../../../ui/modal'
import { DropAnywhere } from './drop'
import classes from './import.module.css'
import { ImportReport } from './report'
import { type End, mostBytes, type Target, type Upload, upload } from './upload'

interface Props {
  target: Target
  id: string
  /** What the list is called. */
  name: string
  /** How many rows it has now. */
  count: number
  opened: boolean
  open(): void
  close(): void
  /** The list may have other rows now. */
  changed(): void
}

/** Imports a file that is chosen, or dropped anywhere on the page. */
export function Import({ target, id, name, count, opened, open, close, changed }: Props) {
  const { t } = useTranslation(['lists', 'frame'])
  const ask = useConfirm()
  const [file, setFile] = useState<File>()
  const [sent, setSent] = useState(0)
  const [end, setEnd] = useState<End>()
  const [before, setBefore] = useState(0)
  const [running, setRunning] = useState(false)
  const current = useRef<Upload>(undefined)
  useEffect(() => () => current.current?.stop(), [])
  useBlocker({
    disabled: !running,
    enableBeforeUnload: running,
    shouldBlockFn: async () => !(await ask({ title: t('import.leaveTitle'), words: t('import.leaveWords'), yes: t('import.leave'), danger: true })),
  })

  const take = (chosen: File | null) => {
    if (!chosen || running) return
    setFile(chosen)
    setEnd(undefined)
    open()
  }
  const start = async () => {
    if (!file) return
    setBefore(count)
    setSent(0)
    setEnd(undefined)
    setRunning(true)
    current.current = upload(target, id, file, setSent)
    setEnd(await current.current.ended)
    setRunning(false)
    changed()
  }
  const anew = () => {
    setFile(undefined)
    setEnd(undefined)
  }
  const leave = () => {
    if (running) return
    close()
    anew()
  }
  const tooLarge = file !== undefined && file.size > mostBytes

  return (
    <>
      <DropAnywhere words={running ? undefined : t('import.drop', { name })} take={take} />
      <Modal opened={opened} onClose={leave} title={t(`import.title.${target}`, { name })} size="lg" withCloseButton={!running} closeOnClickOutside={!file}>
        <Stack gap="md">
          {!file && <Text size="sm">{t(`import.words.${target}`)}</Text>}
          {!end && !running && (
            <FileButton onChange={take} accept=".csv,.tsv,.txt,text/csv,text/plain">
              {(props) =>
                file ? (
                  <Chosen file={file} change={props.onClick} />
                ) : (
                  <UnstyledButton {...props} className={classes.choose} data-autofocus>
                    <IconFileImport size={26} stroke={1.6} aria-hidden />
                    <Text fw={600}>{t('import.choose')}</Text>
                    <Text size="sm" c="dimmed">
                      {t('import.orDrop')}
                    </Text>
                  </UnstyledButton>
                )
              }
            </FileButton>
          )}
          {(end || running) && file && <Chosen file={file} />}
          {tooLarge && (
            <Alert color="red" icon={<IconAlertCircle size={18} />}>
              {t('import.tooLarge')}
            </Alert>
          )}
          {running && (
            <Stack gap={6}>
              <Progress value={100 * sent} animated={sent === 1} aria-label={t('import.progress')} transitionDuration={150} />
              <Text size="sm" c="dimmed" role="status">
                {sent < 1 ? t('import.sending', { part: sent }) : t('import.storing', { count: Math.max(0, count - before) })}
              </Text>
            </Stack>
          )}
          {end && (
            <div role="status">
              {end.end === 'done' && file && <ImportReport report={end.report} file={file.name} />}
              {end.end === 'stopped' && <Alert title={t('import.stoppedTitle')}>{t(`import.stays.${target}`, { count, before })}</Alert>}
              {end.end === 'refused' && (
                <Alert color="red" icon={<IconAlertCircle size={18} />} title={t('import.failedTitle')}>
                  {end.why ?? t('import.away')} {count > before && t(`import.stays.${target}`, { count, before })}
                </Alert>
              )}
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            {running ? (
              <Button variant="default" onClick={() => current.current?.stop()}>
                {t('import.stop')}
              </Button>
            ) : end?.end === 'done' ? (
              <>
                <Button variant="default" onClick={anew}>
                  {t('import.another')}
                </Button>
                <Button onClick={leave} data-autofocus>
                  {t('frame:close')}
                </Button>
              </>
            ) : (
              <>
                <Button variant="default" onClick={leave}>
                  {t('frame:cancel')}
                </Button>
                {end && (
                  <Button variant="default" onClick={anew}>
                    {t('import.another')}
                  </Button>
                )}
                <Button onClick={start} disabled={!file || tooLarge} data-autofocus>
                  {end ? t('import.again') : t('import.start')}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function Chosen({ file, change }: { file: File; change?(): void }) {
  const { t } = useTranslation('lists')
  return (
    <Group className={classes.file} gap="sm" wrap="nowrap">
      <IconFileText size={22} stroke={1.6} aria-hidden />
      <div className={classes.name}>
        <Text size="sm" fw={500} truncate>
          {file.name}
        </Text>
        <Text size="xs" c="dimmed">
          {useSize()(file.size)}
        </Text>
      </div>
      {change && (
        <Button variant="subtle" size="compact-sm" onClick={change}>
          {t('import.change')}
        </Button>
      )}
    </Group>
  )
}

/** Returns a function that says a number of bytes as people do. */
function useSize() {
  const { i18n } = useTranslation()
  return (bytes: number) => {
    const [value, unit] = bytes < 1_000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
    return new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value)
  }
}
