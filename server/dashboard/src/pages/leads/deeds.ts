// What is done with leads: each deed says what it did and can be taken back, but for deleting, which asks.

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { useAct } from '../../api/act'
import { every } from '../../api/every'
import type { LeadFilter, LeadState } from '../../api/gql/graphql'
import { useConfirm } from '../../ui/confirm'
import { nameOf } from '../../ui/person'
import type { Selection } from '../../ui/rows'
import { told, toldUndo } from '../../ui/told'
import { ALL_LEADS, type Chosen, DELETE_LEADS, REASSIGN_LEADS, SET_LEAD_STATE, SOME_LEADS } from './queries'

interface Named {
  id: string
  firstName: string
  lastName: string
}

/** The API takes so many leads at once. */
const most = 1_000

/** Returns what can be done with leads. Each answers whether it was done; what could not be is told. */
export function useDeeds() {
  const { t } = useTranslation(['leads', 'frame'])
  const confirm = useConfirm()
  const [setState] = useAct(SET_LEAD_STATE)
  const [reassign] = useAct(REASSIGN_LEADS)
  const [remove] = useAct(DELETE_LEADS)

  const state = async (leads: Chosen[], to: LeadState) => {
    const moved = leads.filter((l) => l.state !== to)
    if (moved.length === 0 || !(await inParts(moved, async (ids) => (await setState({ input: { leads: ids, state: to } })).done))) return false
    const back = () =>
      byGroup(
        moved,
        (l) => l.state,
        async (before, ids) => (await setState({ input: { leads: ids, state: before } })).done,
      )
    toldUndo(t('did.state', { count: moved.length, state: t(`state.${to}`) }), t('frame:undo'), () => void back())
    return true
  }

  const give = async (leads: Chosen[], to: Named | null) => {
    const moved = leads.filter((l) => (l.assignee?.id ?? null) !== (to?.id ?? null))
    if (moved.length === 0 || !(await inParts(moved, async (ids) => (await reassign({ input: { leads: ids, assignee: to?.id ?? null } })).done))) return false
    const back = () =>
      byGroup(
        moved,
        (l) => l.assignee?.id ?? null,
        async (before, ids) => (await reassign({ input: { leads: ids, assignee: before } })).done,
      )
    const words = to ? t('did.given', { count: moved.length, name: nameOf(to) }) : t('did.waits', { count: moved.length })
    toldUndo(words, t('frame:undo'), () => void back())
    return true
  }

  const erase = async (leads: Chosen[]) => {
    const count = leads.length
    const sure = await confirm({ title: t('remove.title', { count }), words: t('remove.words', { count }), yes: t('remove.yes', { count }), danger: true })
    if (!sure || !(await inParts(leads, async (ids) => (await remove({ input: { leads: ids } })).done))) return false
    told(t('did.deleted', { count }))
    return true
  }

  return { state, give, erase }
}

/** Returns a function that reads the ticked leads as they are now, wherever they are in the list. */
export function useChosen() {
  const client = useClient()
  return useCallback(
    async (selection: Selection, filter: LeadFilter | null): Promise<Chosen[]> => {
      if (selection.all) {
        const all = await every(client, ALL_LEADS, { filter }, (data) => data.leads)
        return all.filter((l) => !selection.ids.has(l.id))
      }
      const chosen: Chosen[] = []
      for (const ids of parts([...selection.ids], 100)) {
        const { data, error } = await client.query(SOME_LEADS, { ids }, { requestPolicy: 'network-only' }).toPromise()
        if (!data) throw error
        for (const node of data.nodes) if (node?.__typename === 'Lead') chosen.push(node)
      }
      return chosen
    },
    [client],
  )
}

async function inParts(leads: Chosen[], act: (ids: string[]) => Promise<boolean>): Promise<boolean> {
  for (const ids of parts(
    leads.map((l) => l.id),
    most,
  ))
    if (!(await act(ids))) return false
  return leads.length > 0
}

async function byGroup<Key>(leads: Chosen[], key: (lead: Chosen) => Key, act: (key: Key, ids: string[]) => Promise<boolean>) {
  const groups = new Map<Key, Chosen[]>()
  for (const lead of leads) groups.set(key(lead), [...(groups.get(key(lead)) ?? []), lead])
  for (const [k, group] of groups) if (!(await inParts(group, (ids) => act(k, ids)))) return
}

function parts<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
