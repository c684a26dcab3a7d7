// What people change of a lead: how it is reached, and the notes. What others change meanwhile shows in the fields that
// are not being written in; where two wrote in the same one, the person decides.

import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconMail, IconPhone } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Conflicts } from '../../ui/conflicts'
import { mailTo } from '../../ui/mail-to'
import { type Field, useDraft } from './draft'
import type { Lead } from './queries'

/** The contact data and notes of a lead. */
export function LeadForm({ lead, may }: { lead: Lead; may: boolean }) {
  const { t } = useTranslation('leads')
  const { value, write, dirty, discard, save, saving, problems, conflicts, later, decide } = useDraft(lead)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  const input = (field: Field) => ({
    label: t(`panel.${field}`),
    value: value(field),
    error: problems[field],
    readOnly: !may,
    onChange: (event: { currentTarget: { value: string } }) => write(field, event.currentTarget.value),
  })
  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event)
      }}
    >
      <Stack gap="sm">
        <TextInput {...input('name')} />
        <TextInput
          {...input('email')}
          type="email"
          rightSection={
            lead.email && (
              <ActionIcon component="a" size="md" href={mailTo(lead.email)} aria-label={t('panel.write', { email: lead.email })}>
                <IconMail size={17} stroke={1.7} />
              </ActionIcon>
            )
          }
        />
        <TextInput
          {...input('phone')}
          type="tel"
          rightSection={
            lead.phone && (
              <ActionIcon component="a" size="md" href={`tel:${lead.phone.replace(/[^+\d]/g, '')}`} aria-label={t('panel.call', { phone: lead.phone })}>
                <IconPhone size={17} stroke={1.7} />
              </ActionIcon>
            )
          }
        />
        <Textarea {...input('notes')} autosize minRows={3} maxRows={14} placeholder={may ? t('panel.notesHint') : undefined} />
        {dirty && (
          <Group gap="xs" justify="flex-end">
            <Text size="xs" c="dimmed" flex="1 1 120px" role="status">
              {t('panel.unsaved')}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={discard}>
                {t('panel.discard')}
              </Button>
              <Button type="submit" loading={saving}>
                {t('panel.save')}
              </Button>
            </Group>
          </Group>
        )}
      </Stack>
      <Conflicts
        opened={conflicts.length > 0}
        close={later}
        by={undefined}
        conflicts={conflicts.map((c) => ({ ...c, label: t(`panel.${c.field}`) }))}
        decide={decide}
      />
    </form>
  )
}
