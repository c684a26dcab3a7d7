import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clientHeader } from '../../api/client'
import { failed } from '../../ui/told'
import { save } from './import/save'
import { sentenceOf, type Target } from './import/upload'

/** Returns a function that has the browser keep a list as a CSV file, and whether that is being prepared. */
export function useExport(target: Target, id: string, name: string): [() => Promise<void>, boolean] {
  const { t } = useTranslation(['lists', 'frame'])
  const [busy, setBusy] = useState(false)
  const give = async () => {
    setBusy(true)
    try {
      const answer = await fetch(`/export/${target}/${encodeURIComponent(id)}.csv`, { headers: clientHeader, cache: 'no-store' })
      if (answer.ok) save(await answer.blob(), `${name}.csv`)
      else failed(sentenceOf(await answer.json().catch(() => null)) ?? t('frame:error.internal'))
    } catch {
      failed(t('frame:error.away'))
    }
    setBusy(false)
  }
  return [give, busy]
}
