import { Button, CopyButton, Group, ScrollArea, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './report.module.css'
import { csvOf, save } from './save'
import type { Report } from './upload'

const counts = ['added', 'updated', 'unchanged', 'refused'] as const

/** What became of the rows of a file, and why some were left out. */
export function ImportReport({ report, file }: { report: Report; file: string }) {
  const { t } = useTranslation(['lists', 'frame'])
  const rows = report.problems.map((p) => [p.line, p.message] as const)
  const header = [t('import.line'), t('import.why')]
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs">
        {counts.map((name) => (
          <div key={name} className={classes.count} data-bad={(name === 'refused' && report.refused > 0) || undefined}>
            <Text fw={650} size="xl" className={classes.number}>
              {t('number', { count: report[name] })}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`import.${name}`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {report.refused > 0 && (
        <Stack gap={6}>
          <Group justify="space-between" align="flex-end" gap="xs">
            <Text size="sm" fw={600}>
              {report.refused > rows.length
                ? t('import.refusedFirst', { count: rows.length, of: report.refused })
                : t('import.refusedAll', { count: report.refused })}
            </Text>
            <Group gap={4}>
              <CopyButton value={[header, ...rows].map((row) => row.join('\t')).join('\n')}>
                {({ copied, copy }) => (
                  <Button variant="subtle" size="compact-sm" leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />} onClick={copy}>
                    {copied ? t('import.copied') : t('import.copy')}
                  </Button>
                )}
              </CopyButton>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconDownload size={15} />}
                onClick={() =>
                  save(new Blob(['\ufeff', csvOf([header, ...rows])], { type: 'text/csv' }), t('import.refusedFile', { file: file.replace(/\.\w+$/, '') }))
                }
              >
                {t('import.download')}
              </Button>
            </Group>
          </Group>
          <ScrollArea.Autosize
            mah={260}
            type="auto"
            className={classes.problems}
            viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('import.refused') }}
          >
            <Table stickyHeader verticalSpacing={6} fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={80}>{header[0]}</Table.Th>
                  <Table.Th>{header[1]}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(([line, message]) => (
                  <Table.Tr key={`${line} ${message}`}>
                    <Table.Td className={classes.number}>{t('number', { count: line })}</Table.Td>
                    <Table.Td className={classes.why}>{message}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Stack>
  )
}
