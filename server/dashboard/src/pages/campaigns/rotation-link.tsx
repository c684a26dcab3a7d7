import { IconRotate2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MenuLink } from '../items/link'

/** Leads from a campaign's menu to who is given its leads, and in what order. */
export function RotationLink({ id }: { id: string }) {
  const { t } = useTranslation('campaigns')
  return (
    <MenuLink to="/campaigns/$id/rotation" params={{ id }} leftSection={<IconRotate2 size={16} />}>
      {t('rotation')}
    </MenuLink>
  )
}
