import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../api/gql/graphql'
import { languages } from '../../texts'
import { useSentence } from '../../ui/sentence'
import classes from './content.module.css'
import { MailFrame } from './frame'
import type { Preview } from './preview'

interface Props {
  preview: Preview
  /** Whether nothing is written yet. */
  empty: boolean
  /** The language of the sample person. */
  locale: Locale
  setLocale(locale: Locale): void
}

const widths = { desktop: 680, mobile: 375 }

/** Whether a mail has neither words nor pictures. */
function isBlank(html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const style of body.querySelectorAll('style')) style.remove()
  return body.textContent.trim() === '' && body.querySelector('img, svg, hr, [background], [style*="url("]') === null
}

/** The mail as a made-up recipient would get it. */
export function PreviewPane({ preview, empty, locale, setLocale }: Props) {
  const { t } = useTranslation('campaigns')
  const sentence = useSentence()
  const [device, setDevice] = useState<keyof typeof widths>('desktop')
  const blank = useMemo(() => preview.shown !== undefined && isBlank(preview.shown.html), [preview.shown])
  const shown = empty || blank ? undefined : preview.shown
  const said = empty ? t('preview.empty') : preview.mistaken ? t('preview.mistaken') : blank ? t('preview.empty') : undefined
  return (
    <section className={classes.pane} aria-label={t('preview.title')}>
      <Group className={classes.bar} gap="xs" wrap="nowrap">
        <Text size="sm" truncate flex={1} title={preview.shown?.subject}>
          <Text span size="sm" c="dimmed">
            {t('preview.subject')}{' '}
          </Text>
          {preview.shown?.subject}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('preview.language')}
          value={locale}
          onChange={setLocale}
          data={languages.map((l) => ({ value: l.locale, label: <span title={l.name}>{l.locale}</span> }))}
        />
        <Group gap={2} wrap="nowrap" role="group" aria-label={t('preview.width')}>
          <Tooltip label={t('preview.desktop')}>
            <ActionIcon
              size="md"
              aria-label={t('preview.desktop')}
              aria-pressed={device === 'desktop'}
              variant={device === 'desktop' ? 'light' : 'subtle'}
              onClick={() => setDevice('desktop')}
            >
              <IconDeviceDesktop size={17} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('preview.mobile')}>
            <ActionIcon
              size="md"
              aria-label={t('preview.mobile')}
              aria-pressed={device === 'mobile'}
              variant={device === 'mobile' ? 'light' : 'subtle'}
              onClick={() => setDevice('mobile')}
            >
              <IconDeviceMobile size={17} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <div className={classes.shown} data-old={preview.old || undefined}>
        {shown && <MailFrame html={shown.html} title={t('preview.title')} width={widths[device]} />}
        {said && (
          <Text size="sm" c="dimmed" p="md" role="status" className={shown ? classes.over : classes.nothing}>
            {said}
          </Text>
        )}
        {preview.error && (
          <Text size="sm" c="dimmed" p="md" className={classes.over}>
            {sentence(preview.error)}
          </Text>
        )}
      </div>
    </section>
  )
}
