import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A field for a password, which can be shown, also by the keyboard. */
export function Password(props: PasswordInputProps) {
  const { t } = useTranslation('guest')
  return (
    <PasswordInput aria-invalid={Boolean(props.error)} visibilityToggleFocusable visibilityToggleButtonProps={{ 'aria-label': t('field.show') }} {...props} />
  )
}
