import type { CombinedError } from '@urql/core'
import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../../ui/sentence'

/** What is wrong with an input, as the API says it. */
export interface Wrong {
  code: 'INVALID' | 'CONFLICT'
  field?: string | null
  message: string
}

/** Returns a function that says why something was not done: in the language of the pages where it is one of the usual reasons. */
export function useWhy(): (error: CombinedError | undefined, errors: readonly Wrong[] | undefined) => string | undefined {
  const { t } = useTranslation('lists')
  const sentence = useSentence()
  const say = useRef(sentence)
  say.current = sentence
  return useCallback(
    (error, errors) => {
      if (error) return say.current(error)
      const [wrong] = errors ?? []
      if (!wrong) return undefined
      if (wrong.code === 'CONFLICT' && wrong.field === 'email') return t('wrong.taken')
      if (wrong.code === 'CONFLICT' && wrong.field === 'value') return t('wrong.entryTaken')
      return wrong.message
    },
    [t],
  )
}
