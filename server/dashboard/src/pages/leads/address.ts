// What the inbox shows is in its address: a link opens the same list and the same lead, and "back" takes a filter back.

import type { LeadFilter, LeadState } from '../../api/gql/graphql'

export interface LeadSearch {
  /** Id of a campaign. */
  campaign?: string
  /** `me`, `nobody`, or the id of a person. */
  who?: string
  /** One state, or `OPEN` for those that are not done with. */
  state?: StateChoice
  /** What is searched for. */
  q?: string
  /** Id of the lead that is open. */
  lead?: string
}

export const states: readonly LeadState[] = ['NEW', 'IN_PROGRESS', 'WON', 'LOST']

export const stateChoices = ['OPEN', ...states] as const

export type StateChoice = (typeof stateChoices)[number]

/** Reads an address. What makes no sense in it is left out. */
export function leadSearch(search: Record<string, unknown>): LeadSearch {
  const text = (name: string) => {
    const value = search[name]
    return typeof value === 'string' && value !== '' ? { [name]: value } : {}
  }
  const state = stateChoices.find((s) => s === search.state)
  // What looks like a number is read as one from an address; it was typed as a text.
  const typed = typeof search.q === 'number' ? { q: String(search.q) } : text('q')
  return { ...text('campaign'), ...text('who'), ...(state && { state }), ...typed, ...text('lead') }
}

/** The filter that an address stands for; null for none. */
export function filterOf({ campaign, who, state, q }: LeadSearch, me: string): LeadFilter | null {
  const filter: LeadFilter = {}
  if (campaign) filter.campaigns = [campaign]
  if (who === 'nobody') filter.waiting = true
  else if (who) filter.assignees = [who === 'me' ? me : who]
  if (state) filter.states = state === 'OPEN' ? ['NEW', 'IN_PROGRESS'] : [state]
  if (q) filter.search = q
  return Object.keys(filter).length > 0 ? filter : null
}
