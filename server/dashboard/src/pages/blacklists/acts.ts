// What is done to the entries of a blacklist, one or many at once.

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { useConfirm } from '../../ui/confirm'
import { told, toldUndo } from '../../ui/told'
import type { Progress } from '../items/each'
import { useEachTold } from '../lists/each-told'
import { useWhy } from '../lists/wrong'
import { CREATE_ENTRY, DELETE_ENTRY, type Entry } from './query'

export interface EntryActs {
  /** Deletes entries; many only after asking. What is deleted can be brought back for a while. */
  remove(entries: readonly Entry[]): Promise<void>
  /** How far it has come, while that takes a while. */
  progress: Progress | undefined
}

/** What can be done to the entries of a blacklist; `changed` reads it again. */
export function useEntryActs(blacklist: string, changed: () => void): EntryActs {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const ask = useConfirm()
  const why = useWhy()
  const [run, progress] = useEachTold(changed)

  const bringBack = useCallback(
    async (entries: readonly Entry[]) => {
      const back = await run(entries, async ({ value, reason, note }) => {
        const { data, error } = await client.mutation(CREATE_ENTRY, { input: { blacklist, value, reason, note } }).toPromise()
        return why(error, data?.createBlacklistEntry.errors)
      })
      if (back.length > 0) told(t('did.bringBackEntry', { count: back.length, value: back[0]?.value }))
    },
    [blacklist, client, why, run, t],
  )

  const remove = useCallback(
    async (entries: readonly Entry[]) => {
      const [first] = entries
      if (!first) return
      const count = entries.length
      const question = {
        title: t('entry.removeTitle', { count, value: first.value }),
        words: t('entry.removeWords', { count }),
        yes: t('entry.removeYes', { count }),
        danger: true,
      }
      if (count > 1 && !(await ask(question))) return
      const gone = await run(entries, async ({ id }) => {
        const { data, error } = await client.mutation(DELETE_ENTRY, { id }).toPromise()
        return why(error, data?.deleteBlacklistEntry.errors)
      })
      if (gone.length > 0) toldUndo(t('did.removeEntry', { count: gone.length, value: gone[0]?.value }), t('frame:undo'), () => void bringBack(gone))
    },
    [client, ask, why, run, bringBack, t],
  )

  return { remove, progress }
}
