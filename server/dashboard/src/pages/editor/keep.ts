// What is being written outlives a reload, a crash and a session that ends: it is kept in this window until it is saved or
// thrown away. It is kept in no place that another window or a later visitor could read.

import type { Draft } from './merge'

/** A draft as it is kept, and when. */
export interface Kept {
  at: string
  draft: Draft
}

const prefix = 'partage-draft/'
const key = (who: string, item: string) => `${prefix}${who}/${item}`

export function keep(who: string, item: string, draft: Draft) {
  try {
    sessionStorage.setItem(key(who, item), JSON.stringify({ at: new Date().toISOString(), draft } satisfies Kept))
  } catch {
    // There is no room: leaving the page still asks.
  }
}

export function forget(who: string, item: string) {
  sessionStorage.removeItem(key(who, item))
}

/** Whether anything is kept, of whatever item. */
export function anyKept(): boolean {
  return keys().length > 0
}

/** Forgets all of it: whoever comes next to this window is to find nothing. */
export function forgetAll() {
  for (const kept of keys()) sessionStorage.removeItem(kept)
}

const keys = () => Object.keys(sessionStorage).filter((name) => name.startsWith(prefix))

/** What was kept; null where nothing was, or nothing that can be read. */
export function kept(who: string, item: string): Kept | null {
  try {
    const found: Kept | null = JSON.parse(sessionStorage.getItem(key(who, item)) ?? 'null')
    return found?.draft?.mine && found.draft.base && found.draft.clashes ? found : null
  } catch {
    return null
  }
}
