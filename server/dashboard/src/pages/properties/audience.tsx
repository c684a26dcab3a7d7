import { Button, Group, Paper, Skeleton, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconLock, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { Audience as Kind } from '../../api/gql/graphql'
import { useInsider } from '../../app/session'
import { Menu } from '../../ui/menu'
import { told } from '../../ui/told'
import { useConcerned } from './concerned'
import type { Shared } from './window'
import classes from './window.module.css'

const SET = graphql(`
  mutation SetItemAudience($input: SetAudienceInput!) {
    setAudience(input: $input) {
      item {
        id
        audience
        version
      }
      errors {
        message
      }
    }
  }
`)

const icons = { EVERYONE: IconUsersGroup, RESTRICTED: IconLock }

/** Who sees the item without being named. Before it changes it says for whom. */
export function Audience({ item, mayChange, changed }: { item: Shared; mayChange: boolean; changed(): void }) {
  const { t } = useTranslation(['properties', 'frame'])
  const { account } = useInsider()
  const [to, setTo] = useState<Kind>()
  const asked = to !== undefined && to !== item.audience ? to : undefined
  const Picture = icons[item.audience]
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('audience.label')}
      </Text>
      <Group gap="sm" wrap="nowrap" align="center">
        <ThemeIcon variant="light" radius="xl" size={34} color={item.audience === 'EVERYONE' ? 'teal' : 'gray'} aria-hidden>
          <Picture size={18} stroke={1.7} />
        </ThemeIcon>
        <div className={classes.names}>
          {mayChange ? (
            <Menu
              position="bottom-start"
              width="min(440px, calc(100vw - 32px))"
              target={
                <UnstyledButton className={classes.level} ml={-8} fw={500}>
                  <span>{t(`audience.${item.audience}`, { account: account.name })}</span>
                  <IconChevronDown size={14} stroke={1.8} aria-hidden />
                </UnstyledButton>
              }
            >
              {(['EVERYONE', 'RESTRICTED'] as const).map((kind) => {
                const Icon = icons[kind]
                return (
                  <Menu.Item
                    key={kind}
                    leftSection={<Icon size={17} stroke={1.7} />}
                    rightSection={kind === item.audience ? <IconCheck size={15} /> : null}
                    aria-current={kind === item.audience || undefined}
                    onClick={() => setTo(kind)}
                  >
                    <Text size="sm">{t(`audience.${kind}`, { account: account.name })}</Text>
                    <Text size="xs" c="dimmed">
                      {t(`audience.words.${kind}`)}
                    </Text>
                  </Menu.Item>
                )
              })}
            </Menu>
          ) : (
            <Text size="sm" fw={500}>
              {t(`audience.${item.audience}`, { account: account.name })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t(`audience.words.${item.audience}`)}
          </Text>
        </div>
      </Group>
      {asked && <Ask key={asked} item={item} to={asked} end={() => setTo(undefined)} changed={changed} />}
    </Stack>
  )
}

function Ask({ item, to, end, changed }: { item: Shared; to: Kind; end(): void; changed(): void }) {
  const { t } = useTranslation(['properties', 'frame'])
  const concerned = useConcerned(item.id, to)
  const [set, setting] = useAct(SET)
  const yes = async () => {
    const { done } = await set({ input: { item: item.id, audience: to } })
    end()
    if (!done) return
    changed()
    told(t(`told.${to}`))
  }
  return (
    <Paper withBorder p="sm" role="group" aria-label={t(`audience.ask.${to}`)} onKeyDown={(e) => e.key === 'Escape' && end()}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t(`audience.ask.${to}`)}
        </Text>
        <Text size="sm" component="div" aria-live="polite">
          {concerned === undefined ? (
            <Skeleton height={12} my={5} width="80%" />
          ) : concerned === null ? (
            t(`audience.many.${to}`)
          ) : concerned.count === 0 ? (
            t(`audience.none.${to}`)
          ) : (
            t(`audience.some.${to}`, { count: concerned.count, names: concerned.names })
          )}
        </Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" size="compact-sm" onClick={end} data-mantine-stop-propagation="true">
            {t('frame:cancel')}
          </Button>
          <Button size="compact-sm" onClick={yes} loading={setting} disabled={concerned === undefined} data-mantine-stop-propagation="true">
            {t(`audience.yes.${to}`)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
