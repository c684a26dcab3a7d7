// What is being written about a lead and is not saved yet.

import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { useConfirm } from '../../ui/confirm'
import type { Decision } from '../../ui/conflicts'
import { failed, told } from '../../ui/told'
import { CHANGE_LEAD, type Lead } from './queries'

const fields = ['name', 'email', 'phone', 'notes'] as const

export type Field = (typeof fields)[number]

type Values = Partial<Record<Field, string>>

/** What was written, the version of the lead it was written on, and how the fields were then. */
interface Draft {
  base: number
  before: Record<Field, string>
  values: Values
}

/** A field that others have changed, too. */
interface Clash {
  field: Field
  mine: string
  theirs: string
  base?: string
}

/** Returns the fields of a lead as they are being written, and what saves them. Leaving what is not saved is asked about. */
export function useDraft(lead: Lead) {
  const { t } = useTranslation('leads')
  const [draft, setDraft] = useState<Draft>()
  const [problems, setProblems] = useState<Values>({})
  const [clashes, setClashes] = useState<{ version: number; conflicts: Clash[] }>({ version: 0, conflicts: [] })
  const [change, saving] = useAct(CHANGE_LEAD, { quiet: true })
  const dirty = draft !== undefined
  useLeaving(dirty)

  const write = (field: Field, text: string) => {
    setProblems((before) => ({ ...before, [field]: undefined }))
    setDraft((old) => {
      const { name, email, phone, notes } = lead
      const next = { base: old?.base ?? lead.version, before: old?.before ?? { name, email, phone, notes }, values: { ...old?.values, [field]: text } }
      if (text === next.before[field]) delete next.values[field]
      return Object.keys(next.values).length > 0 ? next : undefined
    })
  }

  const send = async ({ base, before, values }: Draft) => {
    const outcome = await change({ input: { lead: lead.id, baseVersion: base, ...values } })
    if (!outcome.done) {
      setProblems(Object.fromEntries(outcome.problems.flatMap((p) => (isField(p.field) ? [[p.field, p.message]] : []))))
      const others = outcome.problems.filter((p) => !isField(p.field)).map((p) => p.message)
      if (others.length > 0) failed(others.join(' '))
      return
    }
    const conflicts = outcome.payload.conflicts.flatMap(({ field, yours, theirs }) =>
      isField(field) ? [{ field, mine: yours, theirs, ...(field === 'notes' && { base: before.notes }) }] : [],
    )
    if (conflicts.length > 0) {
      setDraft({ base, before, values: Object.fromEntries(conflicts.map((c) => [c.field, c.mine])) })
      setClashes({ version: outcome.payload.lead?.version ?? lead.version, conflicts })
      return
    }
    setDraft(undefined)
    told(t('panel.saved'))
  }

  const decide = (decisions: Record<string, Decision>) => {
    const { version, conflicts } = clashes
    const kept = conflicts.flatMap(({ field, mine }): [Field, string][] => {
      const decision = decisions[field]
      if (decision === undefined || decision === 'theirs') return []
      return [[field, decision === 'mine' ? mine : decision.merged]]
    })
    setClashes({ version: 0, conflicts: [] })
    if (!draft || kept.length === 0) return setDraft(undefined)
    const theirs = Object.fromEntries(conflicts.map((c) => [c.field, c.theirs]))
    const decided = { base: version, before: { ...draft.before, ...theirs }, values: Object.fromEntries(kept) }
    setDraft(decided)
    void send(decided)
  }

  return {
    value: (field: Field) => draft?.values[field] ?? lead[field],
    write,
    dirty,
    discard: () => setDraft(undefined),
    save: async () => {
      if (draft) await send(draft)
    },
    saving,
    problems,
    conflicts: clashes.conflicts,
    /** Leaves the decision for later: what was written stays unsaved. */
    later: () => setClashes({ version: 0, conflicts: [] }),
    decide,
  }
}

function isField(name: string | null | undefined): name is Field {
  return fields.some((f) => f === name)
}

/** Asks before what was written is lost. */
function useLeaving(dirty: boolean) {
  const { t } = useTranslation('leads')
  const confirm = useConfirm()
  useBlocker({
    disabled: !dirty,
    enableBeforeUnload: dirty,
    shouldBlockFn: async ({ current, next }) => {
      const same = current.pathname === next.pathname && leadOf(current.search) === leadOf(next.search)
      return !same && !(await confirm({ title: t('panel.leave.title'), words: t('panel.leave.words'), yes: t('panel.leave.yes'), danger: true }))
    },
  })
}

function leadOf(search: object): unknown {
  return 'lead' in search ? search.lead : undefined
}
