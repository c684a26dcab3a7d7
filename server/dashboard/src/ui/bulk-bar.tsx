import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './bulk-bar.module.css'

interface Props {
  /** How many rows are ticked; nothing is shown for none. */
  count: number
  clear(): void
  /** What can be done with all of them. */
  children: ReactNode
}

/** What can be done with the ticked rows, above the lower edge of the table. */
export function BulkBar({ count, clear, children }: Props) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <Paper className={classes.bar} shadow="lg" withBorder role="region" aria-label={t('rows.bulk')}>
      <Group gap="xs">
        <Text size="sm" fw={600} aria-live="polite">
          {t('rows.ticked', { count })}
        </Text>
        {children}
        <Button variant="subtle" color="gray" size="compact-sm" onClick={clear}>
          {t('rows.clear')}
        </Button>
      </Group>
    </Paper>
  )
}
