import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failed } from '../../ui/told'
import { each, type Progress } from '../items/each'

/**
 * Returns a function that does something to each row and says what was not done, and how far it has come while that takes a
 * while. That function returns the rows it was done to; `changed` reads the list again.
 */
export function useEachTold(changed: () => void) {
  const { t } = useTranslation('lists')
  const [progress, setProgress] = useState<Progress>()
  const run = useCallback(
    async <Row>(rows: readonly Row[], one: (row: Row) => Promise<string | undefined>): Promise<Row[]> => {
      const { done, reasons, failed: count } = await each(rows, one, setProgress)
      changed()
      if (count > 0) failed(rows.length === 1 ? (reasons[0] ?? '') : t('notDone', { count, reason: reasons[0] }))
      return done
    },
    [changed, t],
  )
  return [run, progress] as const
}
