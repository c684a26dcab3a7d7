// What a list of items shows is in its address: so "back" and a reload find it again, and a link shows it to others.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ArchiveFilter, ItemOrder } from '../../api/gql/graphql'

/** What the address of a list may say. What it leaves out is as at first. */
export interface ListSearch {
  q?: string
  archive?: Exclude<ArchiveFilter, 'CURRENT'>
  order?: Exclude<ItemOrder, 'CHANGED'>
  /** Whether the window that makes a new item is open. */
  new?: true
  /** The template that the new campaign begins with. */
  template?: string
}

/** Reads it from an address that anybody may have written. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const { q, archive, order, template } = search
  return {
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q) }),
    ...((archive === 'ARCHIVED' || archive === 'ALL') && { archive }),
    ...(order === 'NAME' && { order }),
    ...(search.new === true && { new: true }),
    ...(search.new === true && typeof template === 'string' && template !== '' && { template }),
  }
}

/** The list that deleted items were gone to from. */
export interface DeletedSearch {
  from?: '/campaigns' | '/templates' | '/lists' | '/blacklists'
}

/** Reads it from an address that anybody may have written. */
export function deletedSearch({ from }: Record<string, unknown>): DeletedSearch {
  return from === '/campaigns' || from === '/templates' || from === '/lists' || from === '/blacklists' ? { from } : {}
}

/** What a list shows, and how to change it. */
export interface ListAddress {
  /** For the query of the list. */
  variables: { search: string | null; archive: ArchiveFilter; orderBy: ItemOrder }
  search: string
  setSearch(search: string): void
  archive: ArchiveFilter
  setArchive(archive: ArchiveFilter): void
  order: ItemOrder
  setOrder(order: string): void
  creating: boolean
  template: string | undefined
  setCreating(creating: boolean): Promise<void>
}

/** The address of the list that is open. */
export function useListAddress(): ListAddress {
  const { q = '', archive = 'CURRENT', order = 'CHANGED', new: creating = false, template } = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (change: { [Key in keyof ListSearch]: ListSearch[Key] | undefined }) =>
      navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  return useMemo(
    () => ({
      variables: { search: q || null, archive, orderBy: order },
      search: q,
      setSearch: (text) => void set({ q: text || undefined }),
      archive,
      setArchive: (wanted) => void set({ archive: wanted === 'CURRENT' ? undefined : wanted }),
      order,
      setOrder: (wanted) => void set({ order: wanted === 'NAME' ? 'NAME' : undefined }),
      creating,
      template,
      setCreating: (open) => set({ new: open || undefined, template: undefined }),
    }),
    [q, archive, order, creating, template, set],
  )
}
