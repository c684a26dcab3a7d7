// What is shown where two people changed the same field: both values side by side, and a decision for each field. Nothing is
// overwritten unseen.

import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conflicts.module.css'
import { join, parts } from './lines'
import { MergedText } from './merged-text'
import { Modal } from './modal'

/** A field that two people changed. */
export interface Conflict {
  field: string
  /** What the field is called. */
  label: string
  mine: string
  theirs: string
  /** For a text of many lines: what both began with, so that lines can be brought together. */
  base?: string
}

/** What is kept of a field. */
export type Decision = 'mine' | 'theirs' | { merged: string }

interface Props {
  opened: boolean
  /** Leaves the decision for later. */
  close(): void
  conflicts: readonly Conflict[]
  /** Who the others are, where it is known. */
  by: string | undefined
  decide(decisions: Record<string, Decision>): void
}

/** The window of conflicts. */
export function Conflicts(props: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={props.opened} onClose={props.close} title={t('conflict.title')} size={860}>
      <Deciding key={props.conflicts.map((c) => `${c.field} ${c.theirs}`).join()} {...props} />
    </Modal>
  )
}

function Deciding({ close, conflicts, by, decide }: Props) {
  const { t } = useTranslation()
  const [decisions, setDecisions] = useState<Record<string, Decision>>({})
  const set = (field: string, decision: Decision) => setDecisions((before) => ({ ...before, [field]: decision }))
  const theirs = by ?? t('conflict.others')
  const open = conflicts.some((c) => !(c.field in decisions))
  return (
    <Stack gap="lg">
      <Text size="sm">{t('conflict.words', { by: theirs })}</Text>
      {conflicts.map((conflict) => (
        <Field key={conflict.field} conflict={conflict} by={theirs} decision={decisions[conflict.field]} decide={(d) => set(conflict.field, d)} />
      ))}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {t('conflict.later')}
        </Button>
        <Button disabled={open} onClick={() => decide(decisions)}>
          {t('conflict.save')}
        </Button>
      </Group>
    </Stack>
  )
}

interface FieldProps {
  conflict: Conflict
  by: string
  decision: Decision | undefined
  decide(decision: Decision): void
}

function Field({ conflict, by, decision, decide }: FieldProps) {
  const { t } = useTranslation()
  const { base, mine, theirs, label } = conflict
  const choice = typeof decision === 'object' ? 'merged' : (decision ?? null)
  const choose = (value: string) => {
    if (value === 'mine' || value === 'theirs') decide(value)
    else if (base !== undefined) decide({ merged: join(parts(base, mine, theirs), () => 'mine') })
  }
  return (
    <Radio.Group label={label} value={choice} onChange={choose}>
      <div className={classes.sides} data-many={base !== undefined || undefined}>
        {base !== undefined && <Side value="merged" title={t('conflict.both')} words={t('conflict.bothWords')} />}
        <Side value="mine" title={t('conflict.mine')} text={base === undefined ? mine : undefined} />
        <Side value="theirs" title={t('conflict.theirs', { by })} text={base === undefined ? theirs : undefined} />
      </div>
      {base !== undefined && typeof decision === 'object' && (
        <MergedText base={base} mine={mine} theirs={theirs} by={by} value={decision.merged} change={(merged) => decide({ merged })} />
      )}
    </Radio.Group>
  )
}

function Side({ value, title, words, text }: { value: string; title: string; words?: string; text?: string | undefined }) {
  const { t } = useTranslation()
  return (
    <Radio.Card value={value} className={classes.side} aria-label={text === undefined ? title : `${title}: ${text}`}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div className={classes.text}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          {words && (
            <Text size="xs" c="dimmed">
              {words}
            </Text>
          )}
          {text !== undefined && (
            <Text size="sm" className={classes.value} c={text === '' ? 'dimmed' : undefined}>
              {text === '' ? t('conflict.empty') : text}
            </Text>
          )}
        </div>
      </Group>
    </Radio.Card>
  )
}
