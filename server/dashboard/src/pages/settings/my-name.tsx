import { Alert, Button, Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useInsider, useSession } from '../../app/session'
import { chooseLanguage, languageOf, languages } from '../../texts'
import { told } from '../../ui/told'

const CHANGE = graphql(`
  mutation ChangeMyName($input: ChangeMeInput!) {
    changeMe(input: $input) {
      viewer {
        user {
          id
          firstName
          lastName
          locale
        }
      }
      errors {
        field
        message
      }
    }
  }
`)

const fields = ['firstName', 'lastName', 'locale'] as const

/** The signed-in person's name and language. */
export function MyName() {
  const { t } = useTranslation(['settings', 'frame'])
  const { user } = useInsider()
  const { refresh } = useSession()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<Partial<Pick<typeof user, (typeof fields)[number]>>>({})
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [act, busy] = useAct(CHANGE, { quiet: true })
  const now = { ...user, ...draft }
  const dirty = fields.some((f) => now[f] !== user[f])
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
    const empty = (['firstName', 'lastName'] as const).filter((field) => !now[field].trim())
    if (empty.length > 0) return refuse(empty.map((field) => ({ field, message: t('wrong.empty') })))
    const outcome = await act({ input: draft })
    if (!outcome.done) return refuse(outcome.problems)
    setProblems([])
    setDraft({})
    if (draft.locale) await chooseLanguage(languageOf(draft.locale))
    refresh()
    told(t('told.me'))
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md" align="stretch">
        <Title order={2} size="h5">
          {t('me.title')}
        </Title>
        {rest.map((p) => (
          <Alert key={p.message} color="red" variant="light" role="alert">
            {p.message}
          </Alert>
        ))}
        <Group grow align="start">
          <TextInput
            name="firstName"
            label={t('me.firstName')}
            value={now.firstName}
            onChange={(e) => setDraft({ ...draft, firstName: e.currentTarget.value })}
            error={wrong('firstName')}
            autoComplete="given-name"
          />
          <TextInput
            name="lastName"
            label={t('me.lastName')}
            value={now.lastName}
            onChange={(e) => setDraft({ ...draft, lastName: e.currentTarget.value })}
            error={wrong('lastName')}
            autoComplete="family-name"
          />
        </Group>
        <TextInput label={t('me.email')} value={user.email} readOnly description={t('me.emailWords')} autoComplete="username" />
        <NativeSelect
          name="locale"
          label={t('me.locale')}
          description={t('me.localeWords')}
          value={now.locale}
          data={languages.map((l) => ({ value: l.locale, label: l.name }))}
          onChange={(e) => setDraft({ ...draft, locale: e.currentTarget.value === 'FR' ? 'FR' : 'EN' })}
          error={wrong('locale')}
        />
        <Group gap="xs">
          <Button type="submit" disabled={!dirty} loading={busy}>
            {t('frame:save')}
          </Button>
          {dirty && (
            <Button variant="subtle" color="gray" onClick={() => setDraft({})}>
              {t('discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
