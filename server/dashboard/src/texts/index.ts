// The languages of the pages. Texts are fetched by namespace, with the first page that says something of it.

import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '../api/gql/graphql'
import { fetchPart } from '../api/part'
import type en from './en'
import { type Tree, unbreakable } from './french'

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

const files = import.meta.glob<Tree>('./*/*.json', { import: 'default' })

const backend: BackendModule = {
  type: 'backend',
  init() {},
  async read(language: string, namespace: string) {
    const load = files[`./${language}/${namespace}.json`]
    if (!load) throw new Error(`there are no texts ${language}/${namespace}`)
    const texts = await fetchPart(load)
    return language === 'fr' ? unbreakable(texts) : texts
  },
}

/** A part of the texts: what the pages of one place say. */
export type Namespace = keyof typeof en

/** Fetches parts of the texts, so that a page which is shown then has them at once. */
export async function needTexts(namespaces: readonly Namespace[]) {
  await i18next.loadNamespaces(namespaces)
}

/** Makes the texts ready; before anything is drawn. */
export async function startTexts() {
  const language = preferred()
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: 'frame',
      defaultNS: 'frame',
      interpolation: { escapeValue: false }, // React does
    })
  document.documentElement.lang = language
}

/** Changes the language of the pages, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language) {
  localStorage.setItem(kept, language)
  if (language === i18next.language) return
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
