import { useNavigate } from '@tanstack/react-router'
import type { CombinedError } from '@urql/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useInsider } from '../../app/session'
import { holds } from '../../ui/fold'
import { useCommands } from './commands'
import { type Entry, makeEntries, type Section } from './entries'
import { RECENT } from './queries'
import { recent, useOpened } from './recent'
import { useFound } from './use-found'

interface Sections {
  sections: Section[]
  /** Whether they are for what is typed now. */
  settled: boolean
  error: CombinedError | undefined
}

/** How many commands stand before what was found. */
const few = 4

/** What the palette shows for what is typed: what was opened lately and all commands, or what is called so. */
export function useSections(typed: string): Sections {
  const { t } = useTranslation(['search', 'frame'])
  const navigate = useNavigate()
  const { collaborator } = useInsider()
  const make = makeEntries(t, navigate)
  const { pages, deeds } = useCommands()
  const here = useOpened()
  const [ids] = useState(() => recent(collaborator.id).filter((id) => id !== here))
  const [{ data: known }] = useQuery({ query: RECENT, variables: { ids }, pause: ids.length === 0, requestPolicy: 'cache-and-network' })
  const found = useFound(typed)

  if (typed === '') {
    const opened = known?.nodes.flatMap((node) => (node ? (make.opened(node) ?? []) : [])) ?? []
    return {
      sections: filled([
        { id: 'recent', title: t('group.recent'), entries: opened.slice(0, 6) },
        { id: 'goTo', title: t('group.goTo'), entries: pages.map(({ about: _, ...rest }) => rest) },
        { id: 'commands', title: t('group.commands'), entries: deeds },
      ]),
      settled: true,
      error: undefined,
    }
  }
  const nodes = <Node>(list: { edges: { node: Node }[] } | undefined) => list?.edges.map((e) => e.node) ?? []
  const commands: Entry[] = [...deeds, ...pages].filter((e) => holds(e.text, typed)).slice(0, few)
  return {
    sections: filled([
      { id: 'commands', title: t('group.commands'), entries: commands },
      { id: 'ITEMS', title: t('group.ITEMS'), entries: nodes(found.data?.items).map(make.item) },
      { id: 'PEOPLE', title: t('group.PEOPLE'), entries: nodes(found.data?.team).map(make.person) },
      { id: 'LEADS', title: t('group.LEADS'), entries: nodes(found.data?.leads).map(make.lead) },
    ]),
    settled: found.of === typed,
    error: found.of === typed ? found.error : undefined,
  }
}

function filled(sections: Section[]): Section[] {
  return sections.filter((s) => s.entries.length > 0)
}
