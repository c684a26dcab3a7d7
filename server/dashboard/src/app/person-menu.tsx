import { Group, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../api/gql'
import { anyKept, forgetAll } from '../pages/editor/keep'
import { languages } from '../texts'
import { useConfirm } from '../ui/confirm'
import { Menu } from '../ui/menu'
import { Monogram } from '../ui/monogram'
import { useSentence } from '../ui/sentence'
import { failed } from '../ui/told'
import { useChangeLanguage } from './language'
import classes from './menus.module.css'
import { useInsider, useSession } from './session'

const LOG_OUT = graphql(`
  mutation LogOut {
    logOut {
      ended
    }
  }
`)

const schemes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const

/** Who is signed in: language, light and dark, signing out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation()
  const { user } = useInsider()
  const { leave: leaveSession } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const sentence = useSentence()
  const choose = useChangeLanguage()
  const [, logOut] = useMutation(LOG_OUT)
  const name = `${user.firstName} ${user.lastName}`
  const ask = useConfirm()
  const leave = async () => {
    if (anyKept() && !(await ask({ title: t('person.unsavedTitle'), words: t('person.unsavedWords'), yes: t('person.logOut'), danger: true }))) return
    const { error } = await logOut({})
    if (error) return failed(sentence(error))
    forgetAll()
    leaveSession()
  }
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
