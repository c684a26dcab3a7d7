import { Badge, Group, Text, UnstyledButton } from '@mantine/core'
import { IconAt, IconPencil, IconTrash, IconWorld } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlacklistReason } from '../../api/gql/graphql'
import { Menu } from '../../ui/menu'
import { RowMenu } from '../../ui/row-menu'
import type { Column } from '../../ui/rows'
import { Ago } from '../../ui/time'
import listed from '../lists/columns.module.css'
import type { EntryActs } from './acts'
import type { Entry } from './query'

interface Options {
  acts: EntryActs
  mayChange: boolean
  open(id: string): void
}

/** The columns of the table of a blacklist. */
export function useEntryColumns({ acts: { remove }, mayChange, open }: Options): Column<Entry>[] {
  const { t } = useTranslation('lists')
  return useMemo(() => {
    const list: Column<Entry>[] = [
      {
        id: 'value',
        header: t('column.value'),
        width: 'minmax(0, 2fr)',
        cell: ({ row: { original: entry } }) => (
          <Group gap="xs" wrap="nowrap">
            {entry.kind === 'DOMAIN' ? (
              <IconWorld size={16} stroke={1.7} className={listed.icon} role="img" aria-label={t('entry.kind.DOMAIN')} />
            ) : (
              <IconAt size={16} stroke={1.7} className={listed.icon} role="img" aria-label={t('entry.kind.ADDRESS')} />
            )}
            <div className={listed.cell}>
              <UnstyledButton className={listed.email} title={entry.value} onClick={() => open(entry.id)}>
                {entry.value}
              </UnstyledButton>
              <Text size="xs" c="dimmed" truncate className={listed.narrow}>
                {[entry.reason !== 'MANUAL' && t(`entry.reason.${entry.reason}`), entry.note].filter(Boolean).join(' · ')}
              </Text>
            </div>
          </Group>
        ),
      },
      { id: 'reason', header: t('column.reason'), width: '150px', wide: true, cell: ({ row }) => <Reason of={row.original.reason} /> },
      {
        id: 'note',
        header: t('column.note'),
        width: 'minmax(0, 2fr)',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed" truncate title={row.original.note || undefined}>
            {row.original.note}
          </Text>
        ),
      },
      {
        id: 'added',
        header: t('column.added'),
        width: '130px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed">
            <Ago moment={row.original.createdAt} />
          </Text>
        ),
      },
    ]
    if (mayChange)
      list.push({
        id: 'menu',
        header: '',
        width: '36px',
        cell: ({ row: { original: entry } }) => (
          <RowMenu name={entry.value}>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} />} onClick={() => open(entry.id)}>
              {t('act.edit')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.7} />} onClick={() => remove([entry])}>
              {t('act.remove')}
            </Menu.Item>
          </RowMenu>
        ),
      })
    return list
  }, [t, mayChange, open, remove])
}

/** Why an entry stands here. The usual case is not made much of. */
export function Reason({ of }: { of: BlacklistReason }) {
  const { t } = useTranslation('lists')
  if (of === 'MANUAL')
    return (
      <Text size="sm" c="dimmed" truncate>
        {t('entry.reason.MANUAL')}
      </Text>
    )
  return (
    <Badge variant="light" color={of === 'UNSUBSCRIBED' ? 'orange' : 'red'} maw="100%">
      {t(`entry.reason.${of}`)}
    </Badge>
  )
}
