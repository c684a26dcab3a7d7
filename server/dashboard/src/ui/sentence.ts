import type { CombinedError } from '@urql/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { codeOf } from '../api/client'

/** Returns a function that says in a sentence what went wrong, and where it can be mended, how. */
export function useSentence(): (error: CombinedError) => string {
  const { t } = useTranslation()
  return useCallback(
    (error: CombinedError) => {
      switch (codeOf(error)) {
        case 'AWAY':
          return t('error.away')
        case 'INTERNAL':
          return t('error.internal')
        case 'RATE_LIMITED': {
          const seconds = Number(error.graphQLErrors[0]?.extensions?.retryAfterSeconds ?? 60)
          return t('error.rateLimited', { count: Math.max(1, Math.ceil(seconds / 60)) })
        }
      }
      return error.graphQLErrors[0]?.message ?? t('error.internal')
    },
    [t],
  )
}
