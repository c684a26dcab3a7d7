import { Button, Radio, Textarea, Tooltip } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conflicts.module.css'
import { join, type Part, parts } from './lines'

interface Props {
  base: string
  mine: string
  theirs: string
  by: string
  /** The text as it would be kept. */
  value: string
  change(text: string): void
}

/** Two texts brought together line by line. Where both changed the same lines, the person chooses; and may write over all of it. */
export function MergedText({ base, mine, theirs, by, value, change }: Props) {
  const { t } = useTranslation()
  const all = useMemo(() => parts(base, mine, theirs), [base, mine, theirs])
  const [chosen, setChosen] = useState<Record<number, 'mine' | 'theirs'>>({})
  const [editing, setEditing] = useState(false)
  const choose = (index: number, side: 'mine' | 'theirs') => {
    const next = { ...chosen, [index]: side }
    setChosen(next)
    change(join(all, (_, i) => next[i] ?? 'mine'))
  }
  if (editing) {
    return (
      <Textarea
        mt="sm"
        label={t('conflict.merged')}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        autosize
        minRows={10}
        maxRows={22}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        autoFocus
      />
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard */}
      <section className={classes.merged} aria-label={t('conflict.merged')} tabIndex={0}>
        {all.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stand in order
          <OnePart key={i} part={part} by={by} chosen={chosen[i] ?? 'mine'} choose={(side) => choose(i, side)} />
        ))}
      </section>
      <Tooltip label={t('conflict.editWords')}>
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setEditing(true)}>
          {t('conflict.edit')}
        </Button>
      </Tooltip>
    </>
  )
}

interface PartProps {
  part: Part
  by: string
  chosen: 'mine' | 'theirs'
  choose(side: 'mine' | 'theirs'): void
}

function OnePart({ part, by, chosen, choose }: PartProps) {
  const { t } = useTranslation()
  const names = { mine: t('conflict.you'), theirs: by }
  if (part.who === 'both') {
    return (
      <Radio.Group value={chosen} onChange={(side) => choose(side === 'theirs' ? 'theirs' : 'mine')} aria-label={t('conflict.bothHere')}>
        <div className={classes.both}>
          {(['mine', 'theirs'] as const).map((side) => (
            <Radio.Card key={side} value={side} className={classes.pick} data-who={side} withBorder={false} radius={0}>
              <span className={classes.name}>
                {names[side]} {chosen === side && '✓'}
              </span>
              {text(part[side]) || t('conflict.removed')}
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    )
  }
  const lines = part.who === 'theirs' ? part.theirs : part.mine
  if (part.who === 'nobody') {
    return (
      <div className={classes.part} data-who="nobody">
        {lines.length > 5 ? `${text(lines.slice(0, 2))}\n${t('conflict.lines', { count: lines.length - 4 })}\n${text(lines.slice(-2))}` : text(lines)}
      </div>
    )
  }
  return (
    <div className={classes.part} data-who={part.who}>
      <span className={classes.name}>{names[part.who]}</span>
      {text(lines) || t('conflict.removed')}
    </div>
  )
}

const text = (lines: readonly string[]) => lines.join('\n')
