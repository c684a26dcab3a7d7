// The search over everything (Ctrl K): whether it is open, and what is typed for it.

import { useHotkeys } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What the search's window is given. */
export interface Search {
  typed: string
  type(text: string): void
  /** Called once the field has the focus: what is typed goes there by itself. */
  arrived(): void
  close(): void
}

/** For how long the page waits for the window, in milliseconds. Where it cannot be fetched, people go on with what they did. */
const patience = 3_000

/**
 * Returns a function that opens the search, and what its window needs while it is open. The window comes a moment later than it
 * is asked for. What is typed by then is for it already, and not for the page below; Escape takes the wish back.
 */
export function useSearch(): { open(): void; search: Search | undefined } {
  const [state, setState] = useState<'closed' | 'coming' | 'here'>('closed')
  const [typed, type] = useState('')
  const before = useRef<Element>(null)
  const open = useCallback(() => {
    if (state !== 'closed') return
    before.current = document.activeElement
    type('')
    setState('coming')
  }, [state])
  const close = useCallback(() => {
    setState('closed')
    if (before.current instanceof HTMLElement) before.current.focus()
  }, [])
  const arrived = useCallback(() => setState((s) => (s === 'coming' ? 'here' : s)), [])
  useHotkeys([['mod+K', open]], []) // also in fields
  useEffect(() => {
    if (state !== 'coming') return
    const early = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close()
      if (event.ctrlKey || event.metaKey || event.altKey || (event.key.length > 1 && event.key !== 'Enter')) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key !== 'Enter') type((text) => text + event.key)
    }
    document.addEventListener('keydown', early, { capture: true })
    const late = setTimeout(arrived, patience)
    return () => {
      document.removeEventListener('keydown', early, { capture: true })
      clearTimeout(late)
    }
  }, [state, arrived, close])
  return { open, search: state === 'closed' ? undefined : { typed, type, arrived, close } }
}
