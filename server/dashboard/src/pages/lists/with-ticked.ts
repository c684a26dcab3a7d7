import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tickedOf } from '../../ui/ticked'
import { failed } from '../../ui/told'
import type { View } from './view'

/** Returns a function that does something with all ticked rows, and whether they are being read for that; `every` reads all that are found. */
export function useWithTicked<Row extends { id: string }>({ selection, seen, clear }: View<Row>, every: () => Promise<Row[]>) {
  const { t } = useTranslation('frame')
  const [reading, setReading] = useState(false)
  const run = async (act: (rows: readonly Row[]) => Promise<void>) => {
    setReading(true)
    const rows = await tickedOf(selection, (id) => seen.get(id), every).catch(() => undefined)
    setReading(false)
    if (!rows) return failed(t('error.away'))
    await act(rows)
    clear()
  }
  return [run, reading] as const
}
