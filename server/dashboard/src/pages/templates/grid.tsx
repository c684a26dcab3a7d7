import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListWindow } from '../../api/window'
import type { Selection } from '../../ui/rows'
import type { ItemRow } from '../items/row'
import { Card, WaitingCard } from './card'
import classes from './grid.module.css'

interface Props {
  list: ListWindow<ItemRow>
  selection: Selection
  select(selection: Selection): void
}

/** How wide a card is at least, and how high. */
const least = 210
const height = 268
const gap = 16

/** Cards of any number: what is not on the screen is neither drawn nor fetched. */
export function Grid({ list, selection, select }: Props) {
  const { t } = useTranslation('items')
  const { ref, width } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)))
  const total = list.total ?? columns * 2
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    lanes: columns,
    overscan: columns,
  })
  // Where a card stands follows from how many stand beside it.
  useEffect(() => virtual.measure(), [virtual, columns])
  const shown = virtual.getVirtualItems()
  const from = shown[0]?.index ?? 0
  const to = (shown.at(-1)?.index ?? 0) + 1
  const { show } = list
  useEffect(() => show(from, to), [show, from, to])
  const tick = (id: string) => {
    const ids = new Set(selection.ids)
    if (!ids.delete(id)) ids.add(id)
    select({ ...selection, ids })
  }
  return (
    <div ref={scroller} className={classes.scroller} data-changing={list.changing || undefined}>
      <ul
        ref={ref}
        className={classes.cards}
        aria-label={t('kind.TEMPLATE.title')}
        aria-busy={list.total === undefined}
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map(({ key, index, lane, start }) => {
          const item = list.row(index)
          return (
            <li
              key={item?.id ?? key}
              className={classes.place}
              style={{
                width: `calc(${100 / columns}% - ${gap - gap / columns}px)`,
                left: `calc(${(100 * lane) / columns}% + ${(gap * lane) / columns}px)`,
                top: start,
              }}
            >
              {item ? (
                <Card item={item} ticked={selection.ids.has(item.id) !== selection.all} tick={() => tick(item.id)} changed={list.refresh} />
              ) : (
                <WaitingCard />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
