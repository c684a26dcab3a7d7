// The language of the pages: the browser's, until a person signs in, and then theirs.

import { useCallback, useEffect } from 'react'
import { useAct } from '../api/act'
import { graphql } from '../api/gql'
import { chooseLanguage, type Language, languageOf, languages } from '../texts'
import { useInsider } from './session'

const CHANGE_LANGUAGE = graphql(`
  mutation ChangeLanguage($input: ChangeMeInput!) {
    changeMe(input: $input) {
      viewer {
        user {
          id
          locale
        }
      }
      errors {
        message
      }
    }
  }
`)

/** Shows the pages in the language of whoever is signed in. */
export function useOwnLanguage() {
  const { locale } = useInsider().user
  useEffect(() => void chooseLanguage(languageOf(locale)), [locale])
}

/** Returns a function that changes the language of the pages at once, and of all that the person reads. */
export function useChangeLanguage(): (language: Language) => Promise<void> {
  const [change] = useAct(CHANGE_LANGUAGE)
  return useCallback(
    async (chosen) => {
      const locale = languages.find((l) => l.tag === chosen)?.locale
      await chooseLanguage(chosen)
      if (locale) await change({ input: { locale } })
    },
    [change],
  )
}
