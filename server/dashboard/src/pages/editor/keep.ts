// What is being written outlives a reload, a crash and a session that ends: it is kept in this window until it is saved or
// thrown away. It is kept in no place that another window or a later visitor could read.

import { keptAs } from '../../app/kept'
import type { Draft } from './merge'

/** A draft as it is kept, and when. */
export interface Kept {
  at: string
  draft: Draft
}

const prefix = keptAs('draft')
const key = (who: string, item: string) => `${prefix}/${who}/${item}`

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
  return Object.keys(sessionStorage).some((name) => name.startsWith(prefix))
}

/** Whether anything of an item is kept for the person as a member of whatever account. */
export function keptOf(item: string): boolean {
  return Object.keys(sessionStorage).some((name) => name.startsWith(prefix) && name.endsWith(`/${item}`))
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
