// The search over everything (Ctrl K): whether it is open, and what is typed for it.

import { useHotkeys } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What the search's window is given. */
export interface Search {
  typed: string
  type(text: string): void
  /** Called once the field has the focus. */
  arrived(): void
  close(): void
}

/**
 * Returns a function that opens the search, and what its window needs while it is open. The window comes a moment later than it
 * is asked for. What is typed by then is for it already, and not for the page below.
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
      if (event.ctrlKey || event.metaKey || event.altKey || (event.key.length > 1 && event.key !== 'Enter')) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key !== 'Enter') type((text) => text + event.key)
    }
    document.addEventListener('keydown', early, { capture: true })
    return () => document.removeEventListener('keydown', early, { capture: true })
  }, [state])
  return { open, search: state === 'closed' ? undefined : { typed, type, arrived, close } }
}
