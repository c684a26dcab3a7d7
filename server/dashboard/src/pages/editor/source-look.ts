// How the source of a mail looks: in the colours of the pages, light and dark.

import { defaultHighlightStyle, HighlightStyle } from '@codemirror/language'
import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'

const colour = (light: string, dark: string) => `light-dark(${light}, ${dark})`

/** Our colours in place of CodeMirror's own, which are for a light page only; each at least 4.5 to 1. */
const instead: Record<string, string> = {
  '#085': colour('#1d4ed8', '#8ab4ff'), // names of elements
  '#219': colour('#1d4ed8', '#8ab4ff'),
  '#a11': colour('#17653a', '#86d9a5'), // values of attributes
  '#164': colour('#9f1d4b', '#ff9dbb'), // numbers and colours of styles
  '#e40': colour('#9f1d4b', '#ff9dbb'),
  '#708': colour('#6d28a8', '#d2a8ff'), // keywords
  '#404740': colour('#5b616d', '#a0a7b4'),
  '#940': colour('#5b616d', '#a0a7b4'), // comments
  '#f00': colour('#b42318', '#ff9c92'), // what is none of these
}

/** Colours of the parts of speech. */
export const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => (typeof spec.color === 'string' ? { ...spec, color: instead[spec.color] ?? colour('#6d28a8', '#d2a8ff') } : spec)),
)

/** The editor itself. */
export const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--mantine-color-text)', backgroundColor: 'var(--mantine-color-body)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', paddingBlock: '10px' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: colour('rgba(0, 0, 0, 0.035)', 'rgba(255, 255, 255, 0.045)') },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: colour('#cfdcff', '#2c3f75') },
  '.cm-placeholder-word': { backgroundColor: colour('#dbe5ff', '#24386e'), borderRadius: '3px' },
  '.cm-remarked': { boxShadow: `inset 3px 0 0 ${colour('#d97706', '#f5b14c')}`, backgroundColor: colour('#fff8e8', '#33291066') },
  '.cm-panels': { backgroundColor: 'var(--mantine-color-body)', color: 'var(--mantine-color-text)', borderColor: 'var(--mantine-color-default-border)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--mantine-color-default-border)' },
  '.cm-textfield': { backgroundColor: 'var(--mantine-color-body)', border: '1px solid var(--mantine-color-default-border)', borderRadius: '4px' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--mantine-color-default)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '4px',
    minHeight: '24px',
  },
})

const liquid = new MatchDecorator({ regexp: /\{\{.*?\}\}|\{%.*?%\}/g, decoration: Decoration.mark({ class: 'cm-placeholder-word' }) })

/** Marks what is filled in for each recipient. */
export const placeholders = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = liquid.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = liquid.updateDeco(update, this.decorations)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

/** Says which lines have a remark. */
export const setRemarked = StateEffect.define<readonly number[]>()

/** Marks them. */
export const remarked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setRemarked)) continue
      const { doc } = transaction.state
      const lines = [...new Set(effect.value)].filter((n) => n >= 1 && n <= doc.lines).sort((a, b) => a - b)
      now = Decoration.set(lines.map((n) => Decoration.line({ class: 'cm-remarked' }).range(doc.line(n).from)))
    }
    return now
  },
  provide: (field) => EditorView.decorations.from(field),
})
