import { Code, Text } from '@mantine/core'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui/menu'

/** What the server fills in for each recipient; see server/render. */
const variables = [
  ['first_name', '{{ contact.first_name }}'],
  ['last_name', '{{ contact.last_name }}'],
  ['email', '{{ contact.email }}'],
  ['company', '{{ contact.company }}'],
  ['city', '{{ contact.city }}'],
  ['field', '{{ contact.fields["…"] }}'],
  ['sender_name', '{{ sender.name }}'],
  ['sender_email', '{{ sender.email }}'],
  ['reply_to', '{{ sender.reply_to }}'],
  ['unsubscribe', '{{ unsubscribe_url }}'],
  ['fallback', '{{ contact.first_name | default: "…" }}'],
  ['condition', '{% if contact.city %}…{% endif %}'],
] as const

interface Props {
  /** What opens the menu. */
  target: ReactElement<{ onClick?(event: MouseEvent): void }>
  insert(text: string): void
}

/** The menu of what can be filled in; choosing one puts it where the cursor is. */
export function Variables({ target, insert }: Props) {
  const { t } = useTranslation('campaigns')
  return (
    <Menu width={320} position="bottom-end" returnFocus={false} target={target} dropdown={{ mah: 360, style: { overflowY: 'auto' } }}>
      <Menu.Label>{t('variable.label')}</Menu.Label>
      {variables.map(([name, text]) => (
        <Menu.Item key={name} onClick={() => insert(text)}>
          <Text size="sm">{t(`variable.${name}`)}</Text>
          <Code fz={11}>{text}</Code>
        </Menu.Item>
      ))}
    </Menu>
  )
}
