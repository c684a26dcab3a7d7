import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from './menu'

/** The three dots at the end of a row: what can be done with it. Holds Menu.Item. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Menu
      width={220}
      target={
        <ActionIcon aria-label={t('rows.menu', { name })}>
          <IconDots size={18} stroke={1.7} />
        </ActionIcon>
      }
    >
      {children}
    </Menu>
  )
}
