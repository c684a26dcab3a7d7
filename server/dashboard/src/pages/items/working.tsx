import { Progress as Bar, Button, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../../ui/bulk-bar.module.css'
import type { Progress } from './each'

/** How far work on many items has come, and a way to end it there. */
export function Working({ progress: { done, of, stop } }: { progress: Progress }) {
  const { t } = useTranslation('items')
  return (
    <Paper className={classes.bar} shadow="lg" withBorder role="status">
      <Group gap="sm">
        <Bar value={(100 * done) / of} w={140} aria-label={t('working.label')} />
        <Text size="sm">{t('working.words', { done, of })}</Text>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={stop}>
          {t('working.stop')}
        </Button>
      </Group>
    </Paper>
  )
}
