import type { CombinedError } from '@urql/core'
import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { WrongFragment } from '../../api/gql/graphql'
import { useSentence } from '../../ui/sentence'

graphql(`
  fragment Wrong on UserError {
    code
    field
    message
  }
`)

/** What is wrong with an input, as the API says it. */
export type Wrong = WrongFragment

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
