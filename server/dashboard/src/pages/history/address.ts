// Which lines of the history are shown is in the address, so that a link shows the same.

import type { HistoryFilter, HistoryVerb } from '../../api/gql/graphql'
import { momentOf } from '../team/zone'

/** What sort of thing was done. */
export type Theme = 'PEOPLE' | 'SHARING' | 'ITEMS' | 'LEADS' | 'ROTATION' | 'JOBS' | 'SIGN_IN' | 'ACCOUNT'

export const themes: readonly Theme[] = ['PEOPLE', 'SHARING', 'ITEMS', 'LEADS', 'ROTATION', 'JOBS', 'SIGN_IN', 'ACCOUNT']

const themeOf: Readonly<Record<HistoryVerb, Theme>> = {
  ACCOUNT_CHANGED: 'ACCOUNT',
  INVITED: 'PEOPLE',
  INVITATION_CHANGED: 'PEOPLE',
  INVITATION_RESENT: 'PEOPLE',
  INVITATION_WITHDRAWN: 'PEOPLE',
  JOINED: 'PEOPLE',
  RENAMED: 'PEOPLE',
  ROLE_CHANGED: 'PEOPLE',
  RIGHTS_CHANGED: 'PEOPLE',
  DEACTIVATED: 'PEOPLE',
  REACTIVATED: 'PEOPLE',
  REMOVED: 'PEOPLE',
  LEFT: 'PEOPLE',
  LOGGED_IN: 'SIGN_IN',
  SESSION_ENDED: 'SIGN_IN',
  AUDIENCE_CHANGED: 'SHARING',
  GRANTED: 'SHARING',
  REVOKED: 'SHARING',
  ACCESS_CLEARED: 'SHARING',
  ACCESS_ASKED: 'SHARING',
  ACCESS_CHANGED: 'SHARING',
  ITEM_DELETED: 'ITEMS',
  ITEM_RESTORED: 'ITEMS',
  EXPORTED: 'ITEMS',
  LEADS_HANDED_OVER: 'LEADS',
  LEADS_DEALT_OUT: 'LEADS',
  LEADS_IMPORTED: 'LEADS',
  LEADS_DELETED: 'LEADS',
  LEADS_REASSIGNED: 'LEADS',
  LEAD_KEY_ROTATED: 'LEADS',
  LEAD_ORIGINS_SET: 'LEADS',
  ROTATION_JOINED: 'ROTATION',
  ROTATION_LEFT: 'ROTATION',
  ROTATION_PAUSED: 'ROTATION',
  ROTATION_RESUMED: 'ROTATION',
  ROTATION_REORDERED: 'ROTATION',
  WENT_AWAY: 'ROTATION',
  CAME_BACK: 'ROTATION',
  JOB_CANCELLED: 'JOBS',
  JOB_RETRIED: 'JOBS',
  JOB_UNDONE: 'JOBS',
}

/** What the address says. The days are those of the account's time zone, the last one included. */
export interface HistorySearch {
  theme?: Theme
  actor?: string
  person?: string
  item?: string
  since?: string
  until?: string
}

/** Reads an address; what makes no sense in it is left out. */
export function historySearch(search: Record<string, unknown>): HistorySearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined)
  const theme = themes.find((t) => t === search.theme)
  const [actor, person, item] = [text(search.actor), text(search.person), text(search.item)]
  const [since, until] = [day(search.since), day(search.until)]
  return {
    ...(theme && { theme }),
    ...(actor && { actor }),
    ...(person && { person }),
    ...(item && { item }),
    ...(since && { since }),
    ...(until && { until }),
  }
}

/** The filter that the address stands for. */
export function filterOf(search: HistorySearch, zone: string): HistoryFilter {
  const verbs = Object.entries(themeOf).flatMap(([verb, theme]) => (theme === search.theme ? [verb as HistoryVerb] : []))
  const since = search.since && momentOf(`${search.since}T00:00`, zone)
  const until = search.until && momentOf(`${nextDay(search.until)}T00:00`, zone)
  return {
    verbs: search.theme ? verbs : null,
    actor: search.actor ?? null,
    person: search.person ?? null,
    item: search.item ?? null,
    since: since ? since.toISOString() : null,
    until: until ? until.toISOString() : null,
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
