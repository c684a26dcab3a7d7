// What can be done with items of any kind, with one or with many at once. Each can be taken back.

import type { CombinedError, TypedDocumentNode } from '@urql/core'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { graphql } from '../../api/gql'
import { useSentence } from '../../ui/sentence'
import { failed, told, toldUndo } from '../../ui/told'
import { each, type Progress } from './each'

const ARCHIVE = graphql(`
  mutation ArchiveItem($id: ID!) {
    done: archiveItem(input: { id: $id }) {
      item {
        id
        archivedAt
      }
      errors {
        message
      }
    }
  }
`)

const UNARCHIVE = graphql(`
  mutation UnarchiveItem($id: ID!) {
    done: unarchiveItem(input: { id: $id }) {
      item {
        id
        archivedAt
      }
      errors {
        message
      }
    }
  }
`)

const DELETE = graphql(`
  mutation DeleteItem($id: ID!) {
    done: deleteItem(input: { id: $id }) {
      errors {
        message
      }
    }
  }
`)

const RESTORE = graphql(`
  mutation RestoreItem($id: ID!) {
    done: restoreItem(input: { id: $id }) {
      item {
        id
        deletedAt
      }
      errors {
        message
      }
    }
  }
`)

const documents = { archive: ARCHIVE, unarchive: UNARCHIVE, remove: DELETE, restore: RESTORE }

/** What is done to items. */
export type Act = keyof typeof documents

const reverse: Record<Act, Act> = { archive: 'unarchive', unarchive: 'archive', remove: 'restore', restore: 'remove' }

/** An item to do something with; with its name where that is to be said. */
export interface Target {
  id: string
  name?: string
}

/** Returns a function that does something to items, says so and offers to take it back, and how far it has come while that takes a while. */
export function useItemActs(changed: (act: Act) => void) {
  const { t } = useTranslation(['items', 'frame'])
  const client = useClient()
  const sentence = useSentence()
  const [progress, setProgress] = useState<Progress>()
  const latest = useRef({ changed, sentence })
  latest.current = { changed, sentence }

  const act = useMemo(() => {
    const one = async (of: Act, id: string): Promise<string | undefined> => {
      const document: TypedDocumentNode<{ done: { errors: { message: string }[] } }, { id: string }> = documents[of]
      const { data, error } = await client.mutation(document, { id }).toPromise()
      return error ? latest.current.sentence(error as CombinedError) : data?.done.errors[0]?.message
    }
    const run = async (of: Act, items: readonly Target[], undone: boolean) => {
      const { done, reasons, failed: count } = await each(items, ({ id }) => one(of, id), setProgress)
      if (done.length > 0) latest.current.changed(of)
      const [first] = done
      if (first) {
        const words = items.length === 1 && first.name !== undefined ? t(`didOne.${of}`, { name: first.name }) : t(`did.${of}`, { count: done.length })
        if (undone) told(words)
        else toldUndo(words, t('frame:undo'), () => void run(reverse[of], done, true))
      }
      const [reason] = reasons
      if (reason !== undefined) failed(items.length === 1 ? reason : t('notDone', { count, reason }))
    }
    return (of: Act, items: readonly Target[]) => run(of, items, false)
  }, [client, t])
  return { act, progress }
}
