// What a person has typed into a contact and not saved yet.

import { useCallback, useState } from 'react'
import type { ChangeContactInput } from '../../api/gql/graphql'
import type { Contact } from './query'

export const textFields = ['email', 'firstName', 'lastName', 'company', 'city'] as const

/** What stands before the name of a further field where fields of all sorts are named together. */
export const furtherField = 'fields.'

export type TextField = (typeof textFields)[number]

/** Only what was touched: the rest follows what others change. */
export interface Draft {
  /** The version that was on the screen when the first of it was typed. */
  base: number
  texts: Partial<Record<TextField, string>>
  /** Further fields by name; an empty value removes one. */
  fields: Readonly<Record<string, string>>
}

/** What is typed into a contact that is at a version now. */
export function useDraft(version: number) {
  const [draft, setDraft] = useState<Draft>({ base: version, texts: {}, fields: {} })
  const touched = Object.keys(draft.texts).length + Object.keys(draft.fields).length > 0
  const based = useCallback((d: Draft) => (touched ? d : { ...d, base: version }), [touched, version])
  const set = useCallback((name: TextField, value: string) => setDraft((d) => ({ ...based(d), texts: { ...d.texts, [name]: value } })), [based])
  const setField = useCallback((name: string, value: string) => setDraft((d) => ({ ...based(d), fields: { ...d.fields, [name]: value } })), [based])
  return { draft, set, setField, replace: setDraft }
}

/** Whether it says nothing that the contact does not. */
export function isEmpty({ texts, fields }: Draft, contact: Contact): boolean {
  return (
    textFields.every((name) => texts[name] === undefined || texts[name] === contact[name]) &&
    Object.entries(fields).every(([name, value]) => value === fieldOf(contact, name))
  )
}

/** The value of a further field; empty where the contact has none. */
export function fieldOf(contact: Contact, name: string): string {
  return contact.fields.find((f) => f.name === name)?.value ?? ''
}

/** The change that it stands for. */
export function inputOf(id: string, { base, texts, fields }: Draft): ChangeContactInput {
  return { id, baseVersion: base, ...texts, fields: Object.entries(fields).map(([name, value]) => ({ name, value })) }
}

/** The draft without fields that are left as others have them; further ones are named as the API names them in conflicts. */
export function without(draft: Draft, left: (field: string) => boolean): Draft {
  return {
    ...draft,
    texts: Object.fromEntries(Object.entries(draft.texts).filter(([name]) => !left(name))),
    fields: Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !left(furtherField + name))),
  }
}
