import { Button, Checkbox, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Columns } from './columns-kept'
import classes from './columns-menu.module.css'

/** Which columns the table has. */
export function ColumnsMenu({ columns: { choices, shown, show } }: { columns: Columns }) {
  const { t } = useTranslation('lists')
  return (
    <Popover position="bottom-end" shadow="md" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" className={classes.target} leftSection={<IconColumns3 size={16} stroke={1.8} />}>
          {t('columns.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('columns.title')}>
        <ScrollArea.Autosize mah={320} type="auto">
          <Stack gap={10} p={2}>
            {choices.map(({ id, field }) => (
              <Checkbox
                key={id}
                size="sm"
                label={field ?? t(id === 'company' ? 'column.company' : 'column.city')}
                checked={shown.has(id)}
                onChange={(event) => {
                  const next = new Set(shown)
                  if (event.currentTarget.checked) next.add(id)
                  else next.delete(id)
                  show(next)
                }}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Text size="xs" c="dimmed" mt="sm">
          {t('columns.words')}
        </Text>
      </Popover.Dropdown>
    </Popover>
  )
}
