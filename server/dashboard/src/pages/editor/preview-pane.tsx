import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../api/gql/graphql'
import { languages } from '../../texts'
import { useSentence } from '../../ui/sentence'
import classes from './content.module.css'
import { MailFrame } from './frame'
import type { Preview } from './preview'

interface Props {
  preview: Preview
  /** The language of the sample person. */
  locale: Locale
  setLocale(locale: Locale): void
}

const widths = { desktop: 680, mobile: 375 }

/** The mail as a made-up recipient would get it. */
export function PreviewPane({ preview, locale, setLocale }: Props) {
  const { t } = useTranslation('campaigns')
  const sentence = useSentence()
  const [device, setDevice] = useState<keyof typeof widths>('desktop')
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
        {preview.shown && <MailFrame html={preview.shown.html} title={t('preview.title')} width={widths[device]} />}
        {preview.error && (
          <Text size="sm" c="dimmed" p="md" className={classes.over}>
            {sentence(preview.error)}
          </Text>
        )}
      </div>
    </section>
  )
}
