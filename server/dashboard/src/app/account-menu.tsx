import { Group, Loader, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../ui/menu'
import { Monogram } from '../ui/monogram'
import classes from './menus.module.css'
import { useOpenAccount } from './open-account'
import { useInsider } from './session'

/** The account that is open, and the others that the person may open without a password (S7). */
export function AccountMenu() {
  const { t } = useTranslation()
  const { account, accounts } = useInsider()
  const [open, opening] = useOpenAccount()
  return (
    <Menu
      position="bottom-start"
      width={300}
      target={
        <UnstyledButton className={classes.target}>
          <Group gap="sm" wrap="nowrap">
            <Monogram name={account.name} square />
            <Text fw={600} size="sm" truncate flex={1}>
              {account.name}
            </Text>
            <VisuallyHidden>{t('account.choose')}</VisuallyHidden>
            {opening ? <Loader size={14} /> : <IconChevronDown size={15} stroke={1.8} />}
          </Group>
        </UnstyledButton>
      }
    >
      <Menu.Label>{t('account.choose')}</Menu.Label>
      {accounts.map(({ account: a, role }) => (
        <Menu.Item
          key={a.id}
          leftSection={<Monogram name={a.name} square small />}
          rightSection={a.id === account.id ? <IconCheck size={15} aria-label={t('account.open')} /> : null}
          aria-current={a.id === account.id || undefined}
          onClick={() => a.id !== account.id && open(a.id)}
        >
          <Text size="sm">{a.name}</Text>
          <Text size="xs" c="dimmed">
            {t(`role.${role}`)}
          </Text>
        </Menu.Item>
      ))}
    </Menu>
  )
}
