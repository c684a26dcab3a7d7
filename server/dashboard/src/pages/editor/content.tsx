// What a mail says: its lines, its source, and beside it what a recipient would get. Campaigns and templates share it.

import { ActionIcon, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBraces } from '@tabler/icons-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyFormat, Locale } from '../../api/gql/graphql'
import classes from './content.module.css'
import { LazySource } from './lazy-source'
import { LineField } from './line-field'
import { type Remark, usePreview } from './preview'
import { PreviewPane } from './preview-pane'
import { Remarks } from './remarks'
import type { SourceHandle } from './source'
import { Variables } from './variables'

/** The fields of a mail. */
export interface Mail {
  subject: string
  preheader: string
  format: BodyFormat
  body: string
}

interface Props {
  mail: Mail
  sender?: { senderName: string; senderEmail: string; replyTo: string }
  set(field: keyof Mail, value: string): void
  readOnly: boolean
  errors: Record<string, string>
  /** Further fields before the lines. */
  children?: ReactNode
}

/** The content of a mail. */
export function Content({ mail, sender, set, readOnly, errors, children }: Props) {
  const { t, i18n } = useTranslation('campaigns')
  const [chosen, setLocale] = useState<Locale>()
  const locale = chosen ?? (i18n.language === 'fr' ? 'FR' : 'EN')
  const { subject, preheader, format, body } = mail
  const preview = usePreview({ subject, preheader, format, body, ...sender, locale })
  const source = useRef<SourceHandle>(null)
  const narrow = useMediaQuery('(max-width: 62em)') ?? false
  const [side, setSide] = useState<'source' | 'preview'>('source')
  const lines = useMemo(() => preview.remarks.filter((r) => r.field === 'body').map((r) => r.line), [preview.remarks])
  const goTo = (remark: Remark) => {
    setSide('source')
    if (remark.field === 'body') requestAnimationFrame(() => source.current?.goTo(remark.line))
    else document.getElementById(`mail-${remark.field}`)?.focus()
  }
  const written = (
    <section className={classes.pane} aria-label={t('source.title')} hidden={narrow && side !== 'source'}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('field.format')}
          value={format}
          onChange={(value) => set('format', value)}
          readOnly={readOnly}
          data={['MJML', 'HTML']}
        />
        {errors.body && (
          <span role="alert" className={classes.wrong}>
            {errors.body}
          </span>
        )}
        <span className={classes.space} />
        {!readOnly && (
          <Variables
            insert={(text) => source.current?.insert(text)}
            target={
              <ActionIcon size="md" aria-label={t('variable.into', { field: t('source.title') })}>
                <IconBraces size={17} />
              </ActionIcon>
            }
          />
        )}
      </div>
      <div className={classes.source}>
        <LazySource ref={source} label={t('source.title')} value={body} change={(text) => set('body', text)} readOnly={readOnly} lines={lines} />
      </div>
      <Remarks remarks={preview.remarks} goTo={goTo} />
    </section>
  )
  return (
    <div className={classes.content}>
      <div className={classes.lines}>
        {children}
        <LineField
          id="mail-subject"
          label={t('field.subject')}
          value={subject}
          change={(value) => set('subject', value)}
          readOnly={readOnly}
          error={errors.subject}
        />
        <LineField
          id="mail-preheader"
          label={t('field.preheader')}
          value={preheader}
          change={(value) => set('preheader', value)}
          readOnly={readOnly}
          error={errors.preheader}
        />
      </div>
      {narrow && (
        <SegmentedControl
          fullWidth
          className={classes.side}
          aria-label={t('side.label')}
          value={side}
          onChange={setSide}
          data={[
            { value: 'source', label: t('source.title') },
            { value: 'preview', label: t('preview.title') },
          ]}
        />
      )}
      <div className={classes.panes}>
        {written}
        {(!narrow || side === 'preview') && <PreviewPane preview={preview} empty={body.trim() === ''} locale={locale} setLocale={setLocale} />}
      </div>
    </div>
  )
}
