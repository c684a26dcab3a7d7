// The columns that lists of items have in common. A list takes those it wants, in its order, with its own between them.

import { Badge, Group, Text } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { nameOf } from '../../ui/person'
import type { Column } from '../../ui/rows'
import { Ago } from '../../ui/time'
import { TextLink } from './link'
import { ItemMenu } from './menu'
import { type ItemRow, itemPage } from './row'

interface Columns<Row extends ItemRow> {
  /** The name, which opens the item, and below it a few words. */
  name(below?: (row: Row) => ReactNode): Column<Row>
  /** Who sees it, which opens its properties. */
  who: Column<Row>
  by: Column<Row>
  changed: Column<Row>
  /** The three dots; with what else can be done with items of this kind. */
  menu(more?: (row: Row) => ReactNode): Column<Row>
}

/** The columns; `changed` reads the list again. */
export function useItemColumns<Row extends ItemRow>(changed: () => void): Columns<Row> {
  const { t } = useTranslation('items')
  return useMemo(
    () => ({
      name: (below) => ({
        id: 'name',
        header: t('column.name'),
        width: 'minmax(0, 3fr)',
        sorts: { by: 'NAME', direction: 'ascending' },
        cell: ({ row }) => (
          <>
            <Group gap="xs" wrap="nowrap">
              <TextLink to={itemPage[row.original.kind]} params={{ id: row.original.id }} size="sm" fw={500} c="inherit" truncate>
                {row.original.name}
              </TextLink>
              {row.original.archivedAt && (
                <Badge size="xs" variant="default" flex="none">
                  {t('archived')}
                </Badge>
              )}
            </Group>
            {below && (
              <Text component="div" size="xs" c="dimmed" truncate>
                {below(row.original)}
              </Text>
            )}
          </>
        ),
      }),
      who: {
        id: 'who',
        header: t('column.who'),
        width: '130px',
        wide: true,
        cell: ({ row }) => (
          <TextLink
            to="."
            search={(s) => ({ ...s, properties: row.original.id })}
            size="sm"
            c="inherit"
            aria-label={t('column.whoOf', { who: t(`audience.${row.original.audience}`) })}
          >
            {t(`audience.${row.original.audience}`)}
          </TextLink>
        ),
      },
      by: {
        id: 'by',
        header: t('column.by'),
        width: '150px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" truncate>
            {row.original.changedBy && nameOf(row.original.changedBy)}
          </Text>
        ),
      },
      changed: {
        id: 'changed',
        header: t('column.changed'),
        width: '130px',
        wide: true,
        sorts: { by: 'CHANGED', direction: 'descending' },
        cell: ({ row }) => (
          <Text size="sm" c="dimmed">
            <Ago moment={row.original.changedAt} />
          </Text>
        ),
      },
      menu: (more) => ({
        id: 'menu',
        header: '',
        width: '44px',
        cell: ({ row }) => (
          <ItemMenu item={row.original} changed={changed}>
            {more?.(row.original)}
          </ItemMenu>
        ),
      }),
    }),
    [t, changed],
  )
}
