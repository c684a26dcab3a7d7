// The inbox by keyboard: j and k (or the arrows) go from lead to lead, Enter opens one, Escape closes it.

import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useCallback, useEffect } from 'react'

interface Frames {
  /** What holds the list. */
  frame: RefObject<HTMLElement | null>
  /** What holds the lead that is open. */
  panel: RefObject<HTMLElement | null>
  /** Id of that lead. */
  open: string | undefined
}

/** Returns what goes one lead on or back, and what closes the one that is open. */
export function useKeys({ frame, panel, open }: Frames) {
  const navigate = useNavigate({ from: '/leads' })

  const show = useCallback(
    (id: string | undefined) => void navigate({ search: (before) => ({ ...before, lead: id }), replace: true, resetScroll: false }),
    [navigate],
  )

  const step = useCallback(
    (by: 1 | -1) => {
      const rows = frame.current
      if (!rows) return
      const here = rows.querySelector('[data-body]:focus-within') ?? (open && rowOf(rows, open)?.closest('[data-body]'))
      const index = here ? Number(here.getAttribute('aria-rowindex')) + by : undefined
      const next = rows.querySelector<HTMLElement>(index === undefined ? '[data-lead]' : `[data-body][aria-rowindex="${index}"] [data-lead]`)
      if (!next) return
      if (panel.current?.contains(document.activeElement)) next.closest('[data-body]')?.scrollIntoView({ block: 'nearest' })
      else next.focus()
      if (open !== undefined) show(next.dataset.lead)
    },
    [frame, panel, open, show],
  )

  const close = useCallback(() => {
    if (open === undefined) return
    const row = frame.current && rowOf(frame.current, open)
    const inside = panel.current?.contains(document.activeElement) || document.activeElement === document.body
    show(undefined)
    if (inside) row?.focus()
  }, [frame, panel, open, show])

  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['Escape', close],
  ])

  // While a lead is open, what has the focus in the list is what is shown.
  useEffect(() => {
    const rows = frame.current
    if (!rows || open === undefined) return
    const follow = ({ target }: FocusEvent) => {
      const id = target instanceof HTMLElement && target.matches(':focus-visible') ? target.dataset.lead : undefined
      if (id !== undefined && id !== open) show(id)
    }
    rows.addEventListener('focusin', follow)
    return () => rows.removeEventListener('focusin', follow)
  }, [frame, open, show])

  return { step, close }
}

function rowOf(rows: HTMLElement, id: string): HTMLElement | null {
  return rows.querySelector<HTMLElement>(`[data-lead="${CSS.escape(id)}"]`)
}
