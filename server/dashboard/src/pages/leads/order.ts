// The order of a rotation while it is being changed. What is shown is what the person did; the server hears of it at once,
// of several moves in a row only of the last.

import { useCallback, useEffect, useRef, useState } from 'react'
import { useAct } from '../../api/act'
import { CHANGE_ROTATION, type Place } from './rotation-queries'

/** Returns the people as they are shown, and what puts one of them elsewhere. */
export function useOrder(campaign: string, people: readonly Place[], refresh: () => void) {
  const [draft, setDraft] = useState<readonly string[]>()
  const [change] = useAct(CHANGE_ROTATION)
  const wanted = useRef<readonly string[]>(undefined)
  const sending = useRef(false)
  const saved = people.map((p) => p.collaborator.id).join(' ')

  // A new order from the server replaces what was shown until then.
  useEffect(() => {
    if (!sending.current) setDraft(undefined)
  }, [saved])

  const save = useCallback(
    async (order: readonly string[]) => {
      setDraft(order)
      wanted.current = order
      if (sending.current) return
      sending.current = true
      let taken = true
      while (wanted.current && taken) {
        const now: readonly string[] = wanted.current
        wanted.current = undefined
        taken = (await change({ input: { campaign, order: [...now] } })).done
      }
      sending.current = false
      if (!taken) setDraft(undefined)
      refresh()
    },
    [campaign, change, refresh],
  )

  const shown = draft ? [...people].sort((a, b) => place(draft, a) - place(draft, b)) : people
  const move = useCallback(
    (from: number, to: number) => {
      const order = shown.map((p) => p.collaborator.id)
      const [moved] = order.splice(from, 1)
      if (moved === undefined || to < 0 || to > order.length || from === to) return
      order.splice(to, 0, moved)
      void save(order)
    },
    [shown, save],
  )
  return { shown, move }
}

/** Where somebody stands in an order; at its end who has joined since. */
function place(order: readonly string[], person: Place): number {
  const at = order.indexOf(person.collaborator.id)
  return at < 0 ? order.length : at
}
