// The source of a mail, in CodeMirror. It is large, so it is fetched when a source is first shown: see lazy-source.tsx.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { phrases } from './source-french'
import { colours, look, placeholders, remarked, setRemarked } from './source-look'

/** What others can have the editor do. */
export interface SourceHandle {
  insert(text: string): void
  /** Goes to a line, the first being 1. */
  goTo(line: number): void
}

export interface SourceProps {
  ref?: Ref<SourceHandle>
  label: string
  value: string
  change(value: string): void
  readOnly: boolean
  /** Lines with a remark. */
  lines: readonly number[]
}

/** The source. */
export default function Source({ ref, label, value, change, readOnly, lines }: SourceProps) {
  const { i18n } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef({ value, change })
  latest.current = { value, change }
  const settings = useRef(new Compartment())

  useEffect(() => {
    if (!place.current) return
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: latest.current.value, extensions: [...always(), settings.current.of([]), told((text) => latest.current.change(text))] }),
    })
    view.current = made
    return () => made.destroy()
  }, [])

  useEffect(() => {
    view.current?.dispatch({
      effects: settings.current.reconfigure([
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': String(readOnly) }),
        ...(i18n.language === 'fr' ? [EditorState.phrases.of(phrases)] : []),
      ]),
    })
  }, [label, readOnly, i18n.language])

  // A text that comes from elsewhere takes the place of as little as it can, so that the cursor stays where it is.
  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const before = editor.state.doc.toString()
    if (before !== value) editor.dispatch({ changes: smallest(before, value), annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)] })
  }, [value])

  const marks = lines.join()
  useEffect(() => {
    view.current?.dispatch({ effects: setRemarked.of(marks === '' ? [] : marks.split(',').map(Number)) })
  }, [marks])

  useImperativeHandle(
    ref,
    () => ({
      insert(text) {
        view.current?.dispatch(view.current.state.replaceSelection(text))
        view.current?.focus()
      },
      goTo(line) {
        const editor = view.current
        if (!editor) return
        const at = editor.state.doc.line(Math.max(1, Math.min(line, editor.state.doc.lines)))
        editor.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) })
        editor.focus()
      },
    }),
    [],
  )
  return <div ref={place} style={{ height: '100%' }} />
}

function always(): Extension[] {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    html({ matchClosingTags: true, autoCloseTags: true }),
    syntaxHighlighting(colours),
    placeholders,
    remarked,
    look,
    EditorView.lineWrapping,
    // Tab goes on to the next field, as everywhere; lines are indented with Ctrl or ⌘ and ].
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
  ]
}

/** Tells what the person types, and not what comes from elsewhere. */
function told(change: (text: string) => void): Extension {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((t) => t.annotation(Transaction.remote))) change(update.state.doc.toString())
  })
}

function smallest(before: string, after: string) {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from++
  let [to, end] = [before.length, after.length]
  while (to > from && end > from && before[to - 1] === after[end - 1]) {
    to--
    end--
  }
  return { from, to, insert: after.slice(from, end) }
}
