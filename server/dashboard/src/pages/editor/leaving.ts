import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session'
import { useConfirm } from '../../ui/confirm'

/** Asks before a page with something unsaved is left, by a link, by "back", or by closing the window. */
export function useLeaving(dirty: boolean, discard: () => void) {
  const { t } = useTranslation('campaigns')
  const ask = useConfirm()
  const { viewer } = useSession()
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      // A session that ended keeps what was written: it is found again after signing in.
      if (!dirty || current.pathname === next.pathname || !viewer) return false
      const leave = await ask({ title: t('leave.title'), words: t('leave.words'), yes: t('leave.yes'), danger: true })
      if (leave) discard()
      return !leave
    },
    enableBeforeUnload: () => dirty,
  })
}
