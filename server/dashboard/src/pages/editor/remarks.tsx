import { Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './content.module.css'
import type { Remark } from './preview'

interface Props {
  remarks: readonly Remark[]
  goTo(remark: Remark): void
}

/** What the author of a mail should know; each leads to where it is meant. */
export function Remarks({ remarks, goTo }: Props) {
  const { t } = useTranslation('campaigns')
  if (remarks.length === 0) return null
  return (
    <section className={classes.remarks} aria-label={t('remarks.title')}>
      <Text size="xs" fw={600} c="dimmed" mb={4} aria-live="polite">
        {t('remarks.count', { count: remarks.length })}
      </Text>
      <ul>
        {remarks.map((remark) => (
          <li key={`${remark.field} ${remark.line} ${remark.message}`}>
            <UnstyledButton className={classes.remark} data-blocks={remark.blocks || undefined} onClick={() => goTo(remark)}>
              {remark.blocks ? <IconAlertTriangle size={15} aria-label={t('remarks.blocks')} /> : <IconInfoCircle size={15} aria-label={t('remarks.note')} />}
              <Text span size="xs" c="dimmed" className={classes.where}>
                {remark.field === 'body' ? t('remarks.line', { line: remark.line }) : t(`field.${remark.field === 'preheader' ? 'preheader' : 'subject'}`)}
              </Text>
              <Text span size="xs">
                {remark.message}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
