import { Alert, Button, Group, NativeSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useSession } from '../../app/session'
import { languages } from '../../texts'
import { told } from '../../ui/told'
import type { Settings } from './account'

const CHANGE = graphql(`
  mutation ChangeAccountSettings($input: ChangeAccountInput!) {
    changeAccount(input: $input) {
      account {
        id
        name
        locale
        timeZone
        desktopLockDays
        desktopEraseDays
        memberLeads
        version
      }
      errors {
        field
        message
      }
    }
  }
`)

const fields = ['name', 'locale', 'timeZone', 'desktopLockDays', 'desktopEraseDays', 'memberLeads'] as const

type Draft = Partial<Pick<Settings, (typeof fields)[number]>>

/** The form of the account's settings. What is not touched follows what others change meanwhile. */
export function AccountForm({ settings, changed }: { settings: Settings; changed(): void }) {
  const { t } = useTranslation(['settings', 'frame'])
  const { refresh } = useSession()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<Draft>({})
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [act, busy] = useAct(CHANGE, { quiet: true })
  const now = { ...settings, ...draft }
  const dirty = fields.some((f) => now[f] !== settings[f])
  const put = (part: Draft) => setDraft((d) => ({ ...d, ...part }))
  const wrong = (field: string) => problems.find((p) => p.field === field)?.message
  const rest = problems.filter((p) => !fields.some((f) => f === p.field))
  const refuse = (found: readonly Problem[]) => {
    setProblems(found)
    const field = form.current?.elements.namedItem(found.find((p) => p.field)?.field ?? '')
    if (field instanceof HTMLElement) field.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!dirty || busy) return
    if (!now.name.trim()) return refuse([{ field: 'name', message: t('wrong.empty') }])
    const outcome = await act({ input: draft })
    if (!outcome.done) return refuse(outcome.problems)
    setProblems([])
    setDraft({})
    changed()
    refresh()
    told(t('told.account'))
  }
  const zones = useZones(settings.timeZone)
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        {rest.map((p) => (
          <Alert key={p.message} color="red" variant="light" role="alert">
            {p.message}
          </Alert>
        ))}
        <TextInput name="name" label={t('account.name')} value={now.name} onChange={(e) => put({ name: e.currentTarget.value })} error={wrong('name')} />
        <NativeSelect
          name="locale"
          label={t('account.locale')}
          description={t('account.localeWords')}
          value={now.locale}
          data={languages.map((l) => ({ value: l.locale, label: l.name }))}
          onChange={(e) => put({ locale: e.currentTarget.value === 'FR' ? 'FR' : 'EN' })}
          error={wrong('locale')}
        />
        <Select
          label={t('account.timeZone')}
          description={t('account.timeZoneWords')}
          searchable
          allowDeselect={false}
          data={zones}
          value={now.timeZone}
          onChange={(zone) => zone && put({ timeZone: zone })}
          nothingFoundMessage={t('account.noZone')}
          error={wrong('timeZone')}
          maxDropdownHeight={260}
        />
        <Group grow align="start">
          <NumberInput
            name="desktopLockDays"
            label={t('account.lock')}
            description={t('account.lockWords')}
            min={0}
            max={3650}
            allowDecimal={false}
            value={now.desktopLockDays}
            onChange={(n) => put({ desktopLockDays: Number(n) })}
            error={wrong('desktopLockDays')}
          />
          <NumberInput
            name="desktopEraseDays"
            label={t('account.erase')}
            description={t('account.eraseWords')}
            min={0}
            max={3650}
            allowDecimal={false}
            value={now.desktopEraseDays}
            onChange={(n) => put({ desktopEraseDays: Number(n) })}
            error={wrong('desktopEraseDays')}
          />
        </Group>
        <NativeSelect
          name="memberLeads"
          label={t('account.memberLeads')}
          description={t('account.memberLeadsWords')}
          value={now.memberLeads}
          data={(['ALL', 'OWN'] as const).map((value) => ({ value, label: t(`memberLeads.${value}`) }))}
          onChange={(e) => put({ memberLeads: e.currentTarget.value === 'OWN' ? 'OWN' : 'ALL' })}
          error={wrong('memberLeads')}
        />
        <Group gap="xs">
          <Button type="submit" disabled={!dirty} loading={busy}>
            {t('frame:save')}
          </Button>
          {dirty && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setDraft({})
                setProblems([])
              }}
            >
              {t('discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** The time zones that the browser knows, and the one that is set. */
function useZones(set: string): { value: string; label: string }[] {
  return useMemo(
    () => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', set])].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    [set],
  )
}
