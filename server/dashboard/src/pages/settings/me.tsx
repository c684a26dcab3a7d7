import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page'
import { MyName } from './my-name'
import { MyPassword } from './my-password'
import { SettingsNav } from './nav'
import classes from './settings.module.css'

/** What the signed-in person is called, reads in, and signs in with. */
export function MySettings() {
  const { t } = useTranslation(['settings', 'frame'])
  return (
    <Page title={t('frame:nav.settings')} tools={<SettingsNav />} scrolls>
      <Stack gap="xl" className={classes.parts}>
        <MyName />
        <MyPassword />
      </Stack>
    </Page>
  )
}
