// The languages of the pages. The texts of one are fetched when it is chosen.

import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '../api/gql/graphql'
import type en from './en'
import { unbreakable } from './french'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame'
    resources: typeof en
    returnNull: false
  }
}

export type Language = 'en' | 'fr'

/** The languages, each as it calls itself. */
export const languages: readonly { tag: Language; locale: Locale; name: string }[] = [
  { tag: 'en', locale: 'EN', name: 'English' },
  { tag: 'fr', locale: 'FR', name: 'Français' },
]

const kept = 'partage-language'

/** The language chosen in this browser, or else the first of the browser's own that there is. */
function preferred(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages]
  for (const tag of wanted) {
    const known = languages.find((l) => l.tag === tag?.slice(0, 2).toLowerCase())
    if (known) return known.tag
  }
  return 'en'
}

async function texts(language: Language) {
  if (language === 'en') return (await import('./en')).default
  return unbreakable((await import('./fr')).default)
}

/** Makes the texts ready; before anything is drawn. */
export async function startTexts() {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'frame',
    resources: { [language]: await texts(language) },
    interpolation: { escapeValue: false }, // React does
  })
  document.documentElement.lang = language
}

/** Changes the language of the pages, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language) {
  localStorage.setItem(kept, language)
  if (language === i18next.language) return
  for (const [namespace, content] of Object.entries(await texts(language))) i18next.addResourceBundle(language, namespace, content)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language of the pages. */
export function language(): Language {
  return i18next.language === 'fr' ? 'fr' : 'en'
}

/** The language that the API calls so. */
export function languageOf(locale: Locale): Language {
  return locale === 'FR' ? 'fr' : 'en'
}
