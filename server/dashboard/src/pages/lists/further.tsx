import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draft, fieldOf } from './draft'
import type { Contact } from './query'

interface Props {
  contact: Contact
  draft: Draft
  /** Fields that other contacts of the list have. */
  names: readonly string[]
  set(name: string, value: string): void
  mayChange: boolean
}

/** The fields that this list's contacts have besides those that all have. */
export function Further({ contact, draft, names, set, mayChange }: Props) {
  const { t } = useTranslation('lists')
  const [adding, setAdding] = useState<string>()
  const there = [...contact.fields.map((f) => f.name), ...Object.keys(draft.fields).filter((name) => !contact.fields.some((f) => f.name === name))]
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const shown = there.filter((name) => !removed.has(name))
  const remove = (name: string) => {
    set(name, '')
    setRemoved(new Set([...removed, name]))
  }
  const add = () => {
    const name = adding?.trim()
    if (!name) return
    if (!shown.includes(name)) set(name, '')
    setRemoved(new Set([...removed].filter((other) => other !== name)))
    setAdding(undefined)
    requestAnimationFrame(() => document.getElementById(fieldId(name))?.focus())
  }
  return (
    <Stack gap="sm">
      {shown.map((name) => (
        <div key={name}>
          <Group gap={4} wrap="nowrap" align="flex-end">
            <TextInput
              id={fieldId(name)}
              label={name}
              value={draft.fields[name] ?? fieldOf(contact, name)}
              onChange={(event) => set(name, event.currentTarget.value)}
              readOnly={!mayChange}
              autoComplete="off"
              flex={1}
            />
            {mayChange && (
              <Tooltip label={t('panel.removeField', { name })}>
                <ActionIcon aria-label={t('panel.removeField', { name })} onClick={() => remove(name)} size={36}>
                  <IconX size={16} stroke={1.7} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        </div>
      ))}
      {mayChange &&
        (adding === undefined ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={15} />}
            onClick={() => setAdding('')}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('panel.addField')}
          </Button>
        ) : (
          <Group gap={4} wrap="nowrap" align="flex-end">
            <Autocomplete
              label={t('panel.fieldName')}
              data={names.filter((name) => !shown.includes(name))}
              value={adding}
              onChange={setAdding}
              onKeyDown={(event: KeyboardEvent) => {
                if (event.key === 'Enter') {
                  event.preventDefault()
                  add()
                } else if (event.key === 'Escape') {
                  event.stopPropagation()
                  setAdding(undefined)
                }
              }}
              autoFocus
              flex={1}
            />
            <Button variant="light" onClick={add} disabled={!adding.trim()}>
              {t('quick.add')}
            </Button>
          </Group>
        ))}
      {!mayChange && contact.fields.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('panel.noFields')}
        </Text>
      )}
    </Stack>
  )
}

const fieldId = (name: string) => `field ${name}`
