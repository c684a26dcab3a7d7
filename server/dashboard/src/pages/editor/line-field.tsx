import { ActionIcon, TextInput } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Variables } from './variables'

interface Props {
  id: string
  label: string
  value: string
  change(value: string): void
  readOnly: boolean
  error?: string | undefined
}

/** A line of a mail that may hold what is filled in for each recipient. */
export function LineField({ id, label, value, change, readOnly, error }: Props) {
  const { t } = useTranslation('campaigns')
  const input = useRef<HTMLInputElement>(null)
  const insert = (text: string) => {
    const at = input.current
    if (!at) return
    const [from, to] = [at.selectionStart ?? value.length, at.selectionEnd ?? value.length]
    change(value.slice(0, from) + text + value.slice(to))
    // The cursor goes behind it once it is there.
    requestAnimationFrame(() => {
      at.focus()
      at.setSelectionRange(from + text.length, from + text.length)
    })
  }
  return (
    <TextInput
      ref={input}
      id={id}
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      readOnly={readOnly}
      error={error}
      rightSection={
        !readOnly && (
          <Variables
            insert={insert}
            target={
              <ActionIcon size="md" aria-label={t('variable.into', { field: label })}>
                <IconBraces size={16} />
              </ActionIcon>
            }
          />
        )
      }
    />
  )
}
