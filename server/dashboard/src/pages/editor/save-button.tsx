import { Button, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Writing } from './use-draft'

interface Props {
  writing: Writing
  save(): void
}

/** Whether all is saved, and the button that does so; Ctrl or ⌘ and S does, too. */
export function SaveButton({ writing, save }: Props) {
  const { t } = useTranslation(['campaigns', 'frame'])
  useHotkeys([['mod+S', save]], [], true)
  const { dirty, saving } = writing
  return (
    <>
      <Text size="sm" c="dimmed" visibleFrom="xs" role="status" style={{ whiteSpace: 'nowrap' }}>
        {saving ? t('save.saving') : dirty ? t('save.dirty') : t('save.saved')}
      </Text>
      <Button onClick={save} disabled={!dirty} loading={saving}>
        {t('frame:save')}
      </Button>
    </>
  )
}
