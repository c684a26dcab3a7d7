import { Button, Container, CopyButton, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Gone } from '../../ui/gone'
import { Page } from '../../ui/page'
import type { Values } from './merge'

interface Props {
  to: '/campaigns' | '/templates'
  back: string
  /** What was written here and is not saved. */
  unsaved: Values
  /** Whether something is kept that was written in another account of the person. */
  kept: boolean
  label(field: string): string
}

/** Stands in place of an item that was taken away while it was being written; what was written can still be copied. */
export function Lost({ to, back, unsaved, kept, label }: Props) {
  const { t } = useTranslation('campaigns')
  const texts = Object.entries(unsaved).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const all = texts.length === 1 ? (texts[0]?.[1] ?? '') : texts.map(([field, text]) => `${label(field)}\n${text}`).join('\n\n')
  return (
    <Page title={back} scrolls>
      <Gone to={to} back={back} words={kept ? t('lost.kept') : undefined} />
      {texts.length > 0 && (
        <Container size="sm" pb="xl">
          <Textarea label={t('lost.label')} description={t('lost.words')} value={all} readOnly autosize minRows={4} maxRows={14} />
          <CopyButton value={all}>
            {({ copied, copy }) => (
              <Button mt="xs" variant="default" onClick={copy}>
                {copied ? t('lost.copied') : t('lost.copy')}
              </Button>
            )}
          </CopyButton>
        </Container>
      )}
    </Page>
  )
}
