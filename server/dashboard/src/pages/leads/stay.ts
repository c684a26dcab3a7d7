// New leads come in at the top of the list. Who is reading further down, or is about to click, keeps the rows where they are.

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ListWindow } from '../../api/window'

/** How far from its old place a row is looked for. */
const reach = 200

/**
 * Keeps what is being read in its place while rows come and go above it, and counts those that came and were not seen.
 * `frame` holds the scrolling table.
 */
export function useStay<Row extends { id: string }>(frame: RefObject<HTMLElement | null>, list: ListWindow<Row>, rowHeight: number) {
  const [above, setAbove] = useState(0)
  const before = useRef<ListWindow<Row>>(list)

  useLayoutEffect(() => {
    const old = before.current
    before.current = list
    const scroller = scrollerIn(frame)
    if (!scroller || old === list || old.changing || list.changing || list.total === undefined) return
    if (scroller.scrollTop === 0 && !scroller.matches(':hover, :focus-within')) return
    const first = Math.floor(scroller.scrollTop / rowHeight)
    const read = old.row(first)?.id
    const moved = read === undefined ? 0 : distance(list, first, read)
    if (moved === 0) return
    scroller.scrollTop += moved * rowHeight
    setAbove((n) => Math.max(0, n + moved))
  }, [frame, list, rowHeight])

  // another list begins at its top
  useEffect(() => setAbove(0), [list.key])

  const seen = useCallback(() => {
    const scroller = scrollerIn(frame)
    if (scroller) setAbove((n) => Math.min(n, Math.floor(scroller.scrollTop / rowHeight)))
  }, [frame, rowHeight])
  const toTop = useCallback(() => scrollerIn(frame)?.scrollTo({ top: 0, behavior: 'smooth' }), [frame])
  return { above, seen, toTop }
}

/** How many rows further down the row is now. */
function distance<Row extends { id: string }>(list: ListWindow<Row>, from: number, id: string): number {
  for (let d = 0; d <= reach; d++) {
    if (list.row(from + d)?.id === id) return d
    if (d > 0 && d <= from && list.row(from - d)?.id === id) return -d
  }
  return 0
}

function scrollerIn(frame: RefObject<HTMLElement | null>): HTMLElement | null {
  return frame.current?.querySelector<HTMLElement>('[role="table"]')?.parentElement ?? null
}
