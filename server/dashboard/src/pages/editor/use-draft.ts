// An item that is being written: what is typed, what others do to it meanwhile, and saving it.

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Outcome, Problem } from '../../api/act'
import { useInsider } from '../../app/session'
import { forget, keep, kept } from './keep'
import { accept, begin, changes, type Draft, decide, rebase, type Stored, type Value, type Values, write } from './merge'

/** An item as the server has it, and who changed it last. */
export interface Snapshot extends Stored {
  by: string | undefined
}

/** What the server answers to a change. */
export interface Saved {
  stored: Stored | null
  /** Fields that it did not take. */
  conflicts: readonly string[]
}

/** What others changed, which was taken over. */
export interface TakenOver {
  fields: string[]
  by: string | undefined
}

export interface Writing {
  /** Undefined until the item is there. */
  draft: Draft | undefined
  /** Whether anything is not saved. */
  dirty: boolean
  saving: boolean
  problems: Problem[]
  set(field: string, value: Value): void
  decide(values: Values): void
  /** Saves what is not saved yet. With clashes it does nothing. */
  save(): Promise<'saved' | 'clash' | 'failed'>
  /** Goes back to what the server has. */
  discard(): void
  takenOver: TakenOver | undefined
  /** Who else changed a field that clashes, where it is known. */
  clashedWith: string | undefined
  /** When what is shown was written, where it was found kept from before. */
  found: string | undefined
  /** Stops showing notes. */
  seen(): void
  /** Keeps nothing of it any more in this browser: the item is no longer the person's to write. */
  lose(): void
}

/** Begins or goes on to write an item. `send` saves fields that are based on a version. */
export function useDraft(id: string, now: Snapshot | undefined, send: (change: Values, version: number) => Promise<Outcome<Saved>>): Writing {
  const who = useInsider().collaborator.id
  const latest = useRef<Draft>(undefined)
  const [draft, setDraft] = useState<Draft>()
  const [saving, setSaving] = useState(false)
  const [problems, setProblems] = useState<Problem[]>([])
  const [takenOver, setTakenOver] = useState<TakenOver>()
  const [clashedWith, setClashedWith] = useState<string>()
  const [found, setFound] = useState<string>()
  const [lost, setLost] = useState(false)
  const update = useCallback(
    (next: Draft) => {
      latest.current = next
      setDraft(next)
      if (Object.keys(changes(next)).length === 0) forget(who, id)
    },
    [who, id],
  )

  useEffect(() => {
    if (!now || saving) return
    const before = latest.current
    if (!before) {
      const old = kept(who, id)
      setFound(old?.at)
      update(old ? rebase(old.draft, now).draft : begin(now))
    } else if (now.version >= before.version) {
      const { draft: next, taken } = rebase(before, now)
      update(next)
      if (Object.keys(next.clashes).some((field) => !(field in before.clashes))) setClashedWith(now.by)
      if (taken.length > 0) setTakenOver({ fields: taken, by: now.by })
    }
  }, [now, saving, who, id, update])

  const dirty = draft !== undefined && Object.keys(changes(draft)).length > 0
  const unwritten = useRef<() => void>(undefined)
  useLayoutEffect(() => () => unwritten.current?.(), []) // the page goes without a word where another window opens another account
  useEffect(() => {
    if (!draft || !dirty || lost) return
    const write = () => {
      unwritten.current = undefined
      keep(who, id, draft)
    }
    unwritten.current = write
    const timer = setTimeout(write, 250)
    window.addEventListener('pagehide', write)
    return () => {
      unwritten.current = undefined
      clearTimeout(timer)
      window.removeEventListener('pagehide', write)
    }
  }, [draft, dirty, lost, who, id])

  const save = useCallback(async () => {
    const before = latest.current
    if (!before) return 'failed'
    if (Object.keys(before.clashes).length > 0) return 'clash'
    const sent = changes(before)
    if (Object.keys(sent).length === 0) return 'saved'
    setSaving(true)
    const outcome = await send(sent, before.version)
    setSaving(false)
    setProblems(outcome.done ? [] : outcome.problems)
    if (!outcome.done || !outcome.payload.stored) return 'failed'
    if (outcome.payload.conflicts.length > 0) setClashedWith(undefined)
    update(accept(latest.current ?? before, sent, outcome.payload.conflicts, outcome.payload.stored))
    setFound(undefined)
    return outcome.payload.conflicts.length === 0 ? 'saved' : 'clash'
  }, [send, update])

  return {
    draft,
    dirty,
    saving,
    problems,
    set: useCallback((field, value) => latest.current && update(write(latest.current, field, value)), [update]),
    decide: useCallback(
      (values) => {
        let next = latest.current
        for (const [field, value] of Object.entries(values)) if (next) next = decide(next, field, value)
        if (next) update(next)
      },
      [update],
    ),
    save,
    discard: useCallback(() => {
      const before = latest.current
      if (before) update({ ...before, mine: before.base, clashes: {} })
      setFound(undefined)
      setProblems([])
    }, [update]),
    takenOver,
    clashedWith,
    found,
    seen: useCallback(() => {
      setTakenOver(undefined)
      setFound(undefined)
    }, []),
    lose: useCallback(() => {
      setLost(true)
      forget(who, id)
    }, [who, id]),
  }
}
