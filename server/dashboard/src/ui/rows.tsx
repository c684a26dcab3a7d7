// A table of any length: what is not on the screen is neither drawn nor fetched.

import { Box, Checkbox, Skeleton, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type ColumnDef, type ColumnDefTemplate, type RowData, rowSelectionFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListWindow } from '../api/window'
import classes from './rows.module.css'

const features = tableFeatures({ rowSelectionFeature })

/** A column: `width` is of a CSS grid, `wide` columns are left out where there is little room, and `sorts` names an order that the list can have by it. */
export type Column<Row extends RowData> = ColumnDef<typeof features, Row> & { width?: string; wide?: boolean; sorts?: Order }

/** An order of a list: the API's name for it, and which way it goes. */
export interface Order {
  by: string
  direction: 'ascending' | 'descending'
}

/** Which rows are ticked: the ones named, or all but those. */
export interface Selection {
  all: boolean
  ids: ReadonlySet<string>
}

interface Props<Row extends RowData> {
  /** What the table holds, for those who do not see it. */
  label: string
  list: ListWindow<Row>
  columns: Column<Row>[]
  id(row: Row): string
  name(row: Row): string
  selection?: Selection
  select?(selection: Selection): void
  /** The order the list has, and how to change it: for columns that sort. */
  order?: string
  setOrder?(by: string): void
  rowHeight?: number
}

/** A table whose rows come from a list. */
export function Rows<Row extends RowData>({ label, list, columns, id, name, selection, select, order, setOrder, rowHeight = 52 }: Props<Row>) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const shown = useMemo(() => columns.filter((c) => !narrow || !c.wide), [columns, narrow])
  const scroller = useRef<HTMLDivElement>(null)
  const total = list.total ?? 0
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 })
  useLayoutEffect(() => {
    virtual.measure() // it keeps the heights that it had
  }, [virtual, rowHeight])
  const items = virtual.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = (items.at(-1)?.index ?? 0) + 1
  const { show } = list
  useEffect(() => show(from, to), [show, from, to])
  // another list begins at its top
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [list.key])

  const data = useMemo(() => items.map((i) => list.row(i.index)).filter((row): row is Row => row !== undefined), [items, list])
  const table = useTable({ features, data, columns: shown, getRowId: id })
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]))
  const template = [select ? '40px' : '', ...shown.map((c) => c.width ?? 'minmax(0, 1fr)')].join(' ')
  const ticked = (key: string) => selection !== undefined && selection.ids.has(key) !== selection.all
  const tick = (key: string) => {
    if (!selection || !select) return
    const ids = new Set(selection.ids)
    if (!ids.delete(key)) ids.add(key)
    select({ ...selection, ids })
  }
  const some = selection !== undefined && (selection.ids.size > 0 || selection.all)
  const every = selection !== undefined && (selection.all ? selection.ids.size === 0 : total > 0 && selection.ids.size === total)

  return (
    <Box ref={scroller} className={classes.scroller} data-changing={list.changing || undefined} onKeyDown={move}>
      <Box role="table" aria-label={label} aria-rowcount={total + 1} aria-busy={list.total === undefined || list.changing} className={classes.table}>
        <Box role="rowgroup" className={classes.head}>
          <Box role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
            {select && (
              <Box role="columnheader" className={classes.cell}>
                <Checkbox aria-label={t('rows.all')} checked={every} indeterminate={some && !every} onChange={() => select({ all: !every, ids: new Set() })} />
              </Box>
            )}
            {table.getHeaderGroups().flatMap((group) =>
              group.headers.map((header, i) => {
                const sorts = setOrder && shown[i]?.sorts
                const now = sorts && sorts.by === order
                return (
                  <Box role="columnheader" key={header.id} className={classes.cell} aria-sort={now ? sorts.direction : undefined}>
                    {sorts ? (
                      <UnstyledButton className={classes.sort} data-now={now || undefined} onClick={() => setOrder(sorts.by)}>
                        {drawn(header.column.columnDef.header, header.getContext())}
                        {sorts.direction === 'ascending' ? <IconArrowUp size={13} /> : <IconArrowDown size={13} />}
                      </UnstyledButton>
                    ) : header.column.columnDef.header ? (
                      <Text span size="xs" fw={600} c="dimmed">
                        {drawn(header.column.columnDef.header, header.getContext())}
                      </Text>
                    ) : (
                      <VisuallyHidden>{t('rows.actions')}</VisuallyHidden>
                    )}
                  </Box>
                )
              }),
            )}
          </Box>
        </Box>
        <Box role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = list.row(item.index)
            const key = row && id(row)
            const known = key === undefined ? undefined : byId.get(key)
            return (
              <Box
                role="row"
                key={key ?? `at-${item.index}`}
                aria-rowindex={item.index + 2}
                aria-selected={key === undefined || !select ? undefined : ticked(key)}
                className={classes.row}
                data-body
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                {row && key !== undefined && known ? (
                  <>
                    {select && (
                      <Box role="cell" className={classes.cell}>
                        <Checkbox aria-label={t('rows.one', { name: name(row) })} checked={ticked(key)} onChange={() => tick(key)} />
                      </Box>
                    )}
                    {known.getAllCells().map((cell) => (
                      <Box role="cell" key={cell.id} className={classes.cell}>
                        {drawn(cell.column.columnDef.cell, cell.getContext())}
                      </Box>
                    ))}
                  </>
                ) : (
                  <Waiting columns={shown.length + (select ? 1 : 0)} />
                )}
              </Box>
            )
          })}
        </Box>
      </Box>
    </Box>
  )
}

/** What a column says of a cell. It is no component of its own: one that is made anew with its columns would lose the focus in it. */
function drawn<Context extends object>(template: ColumnDefTemplate<Context> | undefined, context: Context): ReactNode {
  return typeof template === 'function' ? template(context) : template
}

function Waiting({ columns }: { columns: number }): ReactNode {
  return Array.from({ length: columns }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
    <Box role="cell" key={i} className={classes.cell}>
      <Skeleton height={10} width={i === 0 ? '70%' : '45%'} />
    </Box>
  ))
}

/** Arrow keys go from row to row, by the same place in each. */
function move(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const here = event.target instanceof HTMLElement ? event.target.closest('[data-body]') : null
  if (!step || !here || !(event.target instanceof HTMLElement) || (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox')) return
  const index = Number(here.getAttribute('aria-rowindex')) + step
  const next = event.currentTarget.querySelector(`[data-body][aria-rowindex="${index}"]`)
  const places = 'a, button, input'
  const place = [...here.querySelectorAll(places)].indexOf(event.target)
  const target = next?.querySelectorAll<HTMLElement>(places)[place]
  if (!target) return
  event.preventDefault()
  target.focus()
}
