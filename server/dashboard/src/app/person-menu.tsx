import { Group, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languages } from '../texts'
import { Menu } from '../ui/menu'
import { Monogram } from '../ui/monogram'
import { useChangeLanguage } from './language'
import { useLogOut } from './log-out'
import classes from './menus.module.css'
import { useInsider } from './session'

const schemes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const

/** Who is signed in: language, light and dark, signing out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation()
  const { user } = useInsider()
  const leave = useLogOut()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = useChangeLanguage()
  const name = `${user.firstName} ${user.lastName}`
  return (
    <Menu
      position="top-start"
      width={256}
      target={
        <UnstyledButton className={classes.target}>
          <Group gap="sm" wrap="nowrap">
            <Monogram name={name} />
            <div className={classes.names}>
              <Text size="sm" fw={500} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {user.email}
              </Text>
              <VisuallyHidden>{t('person.menu')}</VisuallyHidden>
            </div>
          </Group>
        </UnstyledButton>
      }
    >
      <Menu.Label>{t('person.language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language}>
        {languages.map((l) => (
          <Menu.RadioItem key={l.tag} value={l.tag} lang={l.tag} onChange={() => choose(l.tag)}>
            {l.name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Label>{t('person.scheme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme}>
        {schemes.map((s) => (
          <Menu.RadioItem key={s.value} value={s.value} rightSection={<s.icon size={16} stroke={1.7} />} onChange={() => setColorScheme(s.value)}>
            {t(`person.${s.value}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={leave}>
        {t('person.logOut')}
      </Menu.Item>
    </Menu>
  )
}
