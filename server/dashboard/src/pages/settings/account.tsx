import { Alert, Skeleton, Stack, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { AccountSettingsQuery } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { useOwner } from '../../app/session'
import { languages } from '../../texts'
import { Away } from '../../ui/away'
import { Page } from '../../ui/page'
import { DefaultAudience } from '../sharing/default-audience'
import { AccountForm } from './account-form'
import { Leave } from './leave'
import { SettingsNav } from './nav'
import classes from './settings.module.css'

const SETTINGS = graphql(`
  query AccountSettings {
    viewer {
      account {
        id
        name
        locale
        timeZone
        desktopLockDays
        desktopEraseDays
        memberLeads
      }
    }
  }
`)

/** What is set for the account. */
export type Settings = NonNullable<AccountSettingsQuery['viewer']['account']>

/** The settings of the account: owners change them, everyone else reads them. */
export function AccountSettings() {
  const { t } = useTranslation(['settings', 'frame'])
  const owner = useOwner()
  const { data, error, refresh } = useLiveQuery({ query: SETTINGS, variables: {} })
  const settings = data?.viewer.account
  return (
    <Page title={t('frame:nav.settings')} tools={<SettingsNav />} scrolls>
      {settings ? (
        <Stack gap="xl" className={classes.parts}>
          {owner ? <AccountForm settings={settings} changed={refresh} /> : <Read settings={settings} />}
          <DefaultAudience readOnly={!owner} />
          <Leave name={settings.name} />
        </Stack>
      ) : error ? (
        <Away error={error} again={refresh} />
      ) : (
        <Skeleton height={480} className={classes.parts} />
      )}
    </Page>
  )
}

function Read({ settings }: { settings: Settings }) {
  const { t } = useTranslation(['settings', 'frame'])
  const days = (n: number) => (n === 0 ? t('account.never') : t('account.afterDays', { count: n }))
  const facts = [
    [t('account.name'), settings.name],
    [t('account.locale'), languages.find((l) => l.locale === settings.locale)?.name ?? settings.locale],
    [t('account.timeZone'), settings.timeZone.replaceAll('_', ' ')],
    [t('account.locked'), days(settings.desktopLockDays)],
    [t('account.erased'), days(settings.desktopEraseDays)],
    [t('account.memberLeads'), t(`memberLeads.${settings.memberLeads}`)],
  ] as const
  return (
    <Stack gap="md">
      <Alert variant="light" color="gray" icon={<IconLock size={18} stroke={1.7} />}>
        {t('account.readOnly')}
      </Alert>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {value}
            </Text>
          </div>
        ))}
      </dl>
    </Stack>
  )
}
