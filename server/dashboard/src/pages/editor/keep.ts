// What is being written outlives a reload, a crash and a session that ends: it is kept in this window until it is saved or
// thrown away. It is kept in no place that another window or a later visitor could read.

import type { Draft } from './merge'

/** A draft as it is kept, and when. */
export interface Kept {
  at: string
  draft: Draft
}

const key = (who: string, item: string) => `partage-draft/${who}/${item}`

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

/** What was kept; null where nothing was, or nothing that can be read. */
export function kept(who: string, item: string): Kept | null {
  try {
    const found: Kept | null = JSON.parse(sessionStorage.getItem(key(who, item)) ?? 'null')
    return found?.draft?.mine && found.draft.base && found.draft.clashes ? found : null
  } catch {
    return null
  }
}
