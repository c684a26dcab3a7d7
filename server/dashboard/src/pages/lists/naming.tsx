// The name and the description of a contact list or a blacklist, changed where they stand.

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { CHANGE_BLACKLIST } from '../blacklists/query'
import { Editable, type Saved } from './editable'
import type { Target } from './import/upload'
import { CHANGE_LIST } from './query'
import { useWhy } from './wrong'

interface Item {
  id: string
  name: string
  description: string
  version: number
  myLevel: string
}

interface Props {
  target: Target
  item: Item
}

/** The name, as the heading of the page. */
export function Name({ target, item }: Props) {
  const { t } = useTranslation('lists')
  const save = useSave(target, item.id, 'name')
  return <Editable label={t('name')} value={item.name} version={item.version} heading save={save} mayChange={item.myLevel === 'EDIT'} />
}

/** What the list is for, below the name. */
export function Description({ target, item }: Props) {
  const { t } = useTranslation('lists')
  const save = useSave(target, item.id, 'description')
  const mayChange = item.myLevel === 'EDIT'
  if (!mayChange && !item.description) return null
  return <Editable label={t('description')} value={item.description} version={item.version} empty={t('describe')} save={save} mayChange={mayChange} />
}

/** Returns a function that gives the item another name or description. */
function useSave(target: Target, id: string, field: 'name' | 'description') {
  const client = useClient()
  const why = useWhy()
  return useCallback(
    async (value: string, baseVersion: number): Promise<Saved> => {
      const input = { id, baseVersion, [field]: value }
      if (target === 'contacts') {
        const { data, error } = await client.mutation(CHANGE_LIST, { input }).toPromise()
        const outcome = data?.changeContactList
        return { why: why(error, outcome?.errors), theirs: outcome?.conflicts[0]?.theirs, version: outcome?.contactList?.version }
      }
      const { data, error } = await client.mutation(CHANGE_BLACKLIST, { input }).toPromise()
      const outcome = data?.changeBlacklist
      return { why: why(error, outcome?.errors), theirs: outcome?.conflicts[0]?.theirs, version: outcome?.blacklist?.version }
    },
    [client, why, target, id, field],
  )
}
