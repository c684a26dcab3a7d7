import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BlacklistReason } from '../../api/gql/graphql'

const reasons: readonly BlacklistReason[] = ['MANUAL', 'UNSUBSCRIBED', 'BOUNCED', 'COMPLAINT']

interface Props {
  value: BlacklistReason
  change(reason: BlacklistReason): void
  disabled?: boolean
  /** Whether it stands in a line, where its name is only read out. */
  inline?: boolean
  className?: string | undefined
}

/** Why an entry stands in a blacklist. */
export function ReasonField({ value, change, disabled, inline, className }: Props) {
  const { t } = useTranslation('lists')
  return (
    <NativeSelect
      {...(inline ? { 'aria-label': t('column.reason'), size: 'xs' } : { label: t('column.reason') })}
      className={className}
      disabled={disabled ?? false}
      value={value}
      onChange={(event) => change(reasons.find((reason) => reason === event.currentTarget.value) ?? 'MANUAL')}
      data={reasons.map((reason) => ({ value: reason, label: t(`entry.reason.${reason}`) }))}
    />
  )
}
