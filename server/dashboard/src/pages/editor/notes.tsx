import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowsSplit, IconEye, IconHistory, IconInfoCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAgo } from '../../ui/time'
import classes from './notes.module.css'
import type { Writing } from './use-draft'

interface Props {
  writing: Writing
  /** Why it cannot be changed here. */
  closed: string | undefined
  /** What a field is called. */
  label(field: string): string
  /** Opens the window of conflicts. */
  compare(): void
  by: string | undefined
}

/** What whoever writes should know just now. */
export function Notes({ writing, closed, label, compare, by }: Props) {
  const { t } = useTranslation('campaigns')
  const ago = useAgo()
  const { draft, takenOver, found, seen, discard } = writing
  const clashes = Object.keys(draft?.clashes ?? {})
  const taken = takenOver?.fields.filter((field) => !clashes.includes(field)) ?? []
  useEffect(() => {
    if (!takenOver) return
    const timer = setTimeout(seen, 15_000)
    return () => clearTimeout(timer)
  }, [takenOver, seen])
  return (
    <Stack className={classes.notes} gap="xs">
      {closed && (
        <Alert icon={<IconEye size={17} />} color="gray" p="xs">
          {closed}
        </Alert>
      )}
      {clashes.length > 0 && (
        <Alert icon={<IconArrowsSplit size={17} />} color="yellow" p="xs" role="alert">
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('note.clash', { by: by ?? t('note.somebody'), fields: clashes.map(label).join(', ') })}</Text>
            <Button size="compact-sm" variant="default" onClick={compare}>
              {t('note.compare')}
            </Button>
          </Group>
        </Alert>
      )}
      {found && writing.dirty && (
        <Alert icon={<IconHistory size={17} />} p="xs">
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('note.found', { ago: ago(found) })}</Text>
            <Button size="compact-sm" variant="default" onClick={discard}>
              {t('note.discard')}
            </Button>
          </Group>
        </Alert>
      )}
      {takenOver && taken.length > 0 && (
        <Alert icon={<IconInfoCircle size={17} />} p="xs" role="status" withCloseButton closeButtonLabel={t('note.close')} onClose={seen}>
          {t('note.takenOver', { by: takenOver.by ?? t('note.somebody'), fields: taken.map(label).join(', ') })}
        </Alert>
      )}
    </Stack>
  )
}
