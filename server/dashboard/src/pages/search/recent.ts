// What the person opened lately, in this browser. Only ids are kept: what they are of is asked for when it is shown, so
// nothing is left here of what they may no longer see.

import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useInsider } from '../../app/session'

const most = 12

/** The ids, last opened first. */
export function recent(collaborator: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name(collaborator)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, most) : []
  } catch {
    return [] // somebody else wrote there
  }
}

/** Id of the item, person or lead whose page is open. */
export function useOpened(): string | undefined {
  return useRouterState({
    select: ({ location, matches }) => {
      const { lead } = location.search as { lead?: unknown }
      const { id } = (matches.at(-1)?.params ?? {}) as { id?: string }
      return typeof lead === 'string' ? lead : id
    },
  })
}

/** Notes each item, person and lead whose page is opened. */
export function useVisits() {
  const { collaborator } = useInsider()
  const opened = useOpened()
  useEffect(() => {
    if (opened === undefined) return
    const ids = [opened, ...recent(collaborator.id).filter((id) => id !== opened)]
    localStorage.setItem(name(collaborator.id), JSON.stringify(ids.slice(0, most)))
  }, [opened, collaborator.id])
}

function name(collaborator: string): string {
  return `partage-recent-${collaborator}`
}
