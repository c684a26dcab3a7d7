// Changing what people may do with an item. It shows at once, and is taken back with words where the server refuses.

import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { AccessLevel, VisibilityReason } from '../../api/gql/graphql'
import { nameOf } from '../../ui/person'
import { told, toldUndo } from '../../ui/told'
import type { Onlooker } from './queries'

const SET = graphql(`
  mutation SetItemAccess($input: SetAccessInput!) {
    setAccess(input: $input) {
      errors {
        message
      }
    }
  }
`)

const CLEAR = graphql(`
  mutation ClearItemAccess($input: ClearAccessInput!) {
    clearAccess(input: $input) {
      errors {
        message
      }
    }
  }
`)

const ADD = graphql(`
  mutation AddPeopleToItem($input: AddToItemInput!) {
    addToItem(input: $input) {
      errors {
        message
      }
    }
  }
`)

const REMOVE = graphql(`
  mutation RemovePeopleFromItem($input: RemoveFromItemInput!) {
    removeFromItem(input: $input) {
      errors {
        message
      }
    }
  }
`)

/** What is shown of a person until the server's answer has been read again. */
interface Draft {
  now: { level: AccessLevel; reason: VisibilityReason }
  /** The row as it was when the server had taken it; null until then. */
  of: Onlooker | null
}

/** Returns the changes of one item, and what to show of a row meanwhile. */
export function useChanges(item: string, refresh: () => void) {
  const { t } = useTranslation(['properties', 'frame'])
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map())
  const rows = useRef(new Map<string, Onlooker>())
  const timers = useRef(new Set<number>())
  useEffect(() => {
    const all = timers.current
    return () => {
      for (const timer of all) window.clearTimeout(timer)
    }
  }, [])
  const [set] = useAct(SET)
  const [clear] = useAct(CLEAR)
  const [add, adding] = useAct(ADD)
  const [remove] = useAct(REMOVE)

  const draft = useCallback((id: string, to: Draft | null) => {
    setDrafts((before) => {
      const after = new Map(before)
      if (to) after.set(id, to)
      else after.delete(id)
      return after
    })
  }, [])

  const shown = useCallback(
    (row: Onlooker): Onlooker => {
      rows.current.set(row.collaborator.id, row)
      const over = drafts.get(row.collaborator.id)
      return over && (over.of === null || over.of === row) ? { ...row, ...over.now } : row
    },
    [drafts],
  )

  /** Does it, showing what will be meanwhile. */
  const change = useCallback(
    async (row: Onlooker, now: Draft['now'], act: () => Promise<{ done: boolean }>): Promise<boolean> => {
      const { id } = row.collaborator
      draft(id, { now, of: null })
      const { done } = await act()
      if (!done) {
        draft(id, null)
        return false
      }
      draft(id, { now, of: rows.current.get(id) ?? row })
      refresh()
      timers.current.add(window.setTimeout(() => draft(id, null), 3_000))
      return true
    },
    [draft, refresh],
  )

  const setLevel = (row: Onlooker, level: 'VIEW' | 'EDIT') =>
    change(row, { level, reason: 'ADDED' }, () => set({ input: { item, collaborator: row.collaborator.id, level } }))

  const takeBack = (row: Onlooker, now: Draft['now']) => change(row, now, () => clear({ input: { item, collaborator: row.collaborator.id } }))

  const removeOne = async (row: Onlooker) => {
    const collaborator = row.collaborator.id
    const done = await change(row, { level: 'NONE', reason: 'REMOVED' }, () => remove({ input: { item, collaborators: [collaborator] } }))
    if (!done) return
    toldUndo(t('told.removed', { name: nameOf(row.collaborator) }), t('frame:undo'), async () => {
      const back = row.reason === 'ADDED' ? await set({ input: { item, collaborator, level: row.level } }) : await clear({ input: { item, collaborator } })
      if (back.done) refresh()
    })
  }

  const addPeople = async (people: { id: string; name: string }[], level: 'VIEW' | 'EDIT'): Promise<boolean> => {
    const { done } = await add({ input: { item, collaborators: people.map((p) => p.id), level } })
    if (!done) return false
    refresh()
    told(t('told.added', { count: people.length, name: people[0]?.name ?? '' }))
    return true
  }

  return { shown, setLevel, takeBack, removeOne, addPeople, adding }
}

/** The changes of an item. */
export type Changes = ReturnType<typeof useChanges>
