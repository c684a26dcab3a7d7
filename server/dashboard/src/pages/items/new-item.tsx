import type { Outcome } from '../../api/act'
import { later } from '../../ui/later'

/** What came of making an item, by the id of what was made. */
export function made<Payload>(outcome: Outcome<Payload>, pick: (payload: Payload) => { id: string } | null | undefined): Outcome<string> {
  if (!outcome.done) return outcome
  const item = pick(outcome.payload)
  return item ? { done: true, payload: item.id } : { done: false, problems: [] }
}

/** The window that makes a new item, and opens it. */
export const NewItem = later(async () => (await import('./new-item-window')).NewItemWindow)
