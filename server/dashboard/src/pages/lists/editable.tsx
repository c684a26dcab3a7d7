import { ActionIcon, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Conflicts } from '../../ui/conflicts'
import classes from './editable.module.css'

/** What came of saving a text: why it was not taken, or what somebody else has put there meanwhile. */
export interface Saved {
  why?: string | undefined
  theirs?: string | undefined
  /** The version it is at now. */
  version?: number | undefined
}

interface Props {
  /** What the text is, such as "Name". */
  label: string
  value: string
  /** The version that the text is of. */
  version: number
  mayChange: boolean
  /** Whether it is the heading of the page. */
  heading?: boolean
  /** What stands where there is no text. */
  empty?: string
  /** Takes what was typed and the version that it is based on. */
  save(value: string, version: number): Promise<Saved>
}

interface Draft {
  text: string
  base: number
  theirs?: string | undefined
}

/** A text that is changed where it stands: a pencil opens it, Enter keeps what was typed, Escape leaves it. */
export function Editable({ label, value, version, mayChange, heading, empty, save }: Props) {
  const { t } = useTranslation('lists')
  const [draft, setDraft] = useState<Draft>()
  const [wrong, setWrong] = useState<string>()
  const pencil = useRef<HTMLButtonElement>(null)
  const busy = useRef(false)
  const end = () => {
    setDraft(undefined)
    setWrong(undefined)
    requestAnimationFrame(() => document.activeElement === document.body && pencil.current?.focus())
  }
  const keep = async (base: number | undefined) => {
    if (!draft || base === undefined || busy.current) return
    const text = draft.text.trim()
    if (text === value) return end()
    if (heading && !text) return setWrong(t('wrong.noName'))
    busy.current = true
    const { why, theirs, version: now = version } = await save(text, base)
    busy.current = false
    setWrong(why)
    if (theirs !== undefined) setDraft({ ...draft, base: now, theirs })
    else if (why === undefined) end()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      end()
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (draft?.theirs === undefined) void keep(draft?.base)
    }
  }
  if (!draft)
    return (
      <Group gap={4} wrap="nowrap" className={heading ? classes.shown : classes.below}>
        {heading ? (
          <Title order={1} size="h3" lineClamp={1}>
            {value}
          </Title>
        ) : (
          <Text size="sm" c="dimmed" lineClamp={2} className={classes.words}>
            {value || empty}
          </Text>
        )}
        {mayChange && (
          <ActionIcon
            ref={pencil}
            size={24}
            className={classes.pencil}
            aria-label={t('edit', { what: label })}
            onClick={() => setDraft({ text: value, base: version })}
          >
            <IconPencil size={15} stroke={1.7} />
          </ActionIcon>
        )}
      </Group>
    )
  const field = {
    'aria-label': label,
    value: draft.text,
    error: wrong,
    autoFocus: true,
    onKeyDown: keys,
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, text: event.currentTarget.value }),
  }
  const left = (event: FocusEvent<HTMLElement>) => {
    if (draft.theirs === undefined && !event.currentTarget.contains(event.relatedTarget)) void keep(draft.base)
  }
  return (
    <Stack gap={6} className={heading ? classes.name : classes.text} onBlur={left}>
      {heading ? <TextInput {...field} onFocus={(event) => event.currentTarget.select()} /> : <Textarea {...field} autosize minRows={1} maxRows={6} />}
      {draft.theirs !== undefined && (
        <Conflicts
          opened
          close={() => setDraft({ ...draft, theirs: undefined })}
          conflicts={[{ field: 'text', label, mine: draft.text, theirs: draft.theirs }]}
          by={undefined}
          decide={({ text }) => (text === 'theirs' ? end() : keep(draft.base))}
        />
      )}
    </Stack>
  )
}
