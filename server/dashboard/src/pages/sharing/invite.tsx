import { Alert, Button, Checkbox, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, useAct } from '../../api/act'
import type { Role } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import { told } from '../../ui/told'
import { Promised, type PromisedItem } from './promised'
import { CHANGE_INVITATION, INVITE, type Invitation, PROMISED } from './queries'

interface Props {
  /** The invitation to change; a new one where left out. */
  invitation?: Invitation
  close(): void
  done(): void
}

const roles: readonly Role[] = ['MEMBER', 'MANAGER', 'OWNER']

/** Inviting a person by name and address with what they are given, or changing what an invitation gives (S5). */
export function InviteWindow({ invitation, close, done }: Props) {
  const { t } = useTranslation(['sharing', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { data } = useLiveQuery({ query: PROMISED, variables: { id: invitation?.id ?? '' }, pause: invitation === undefined })
  const given = data?.node?.__typename === 'Invitation' ? data.node : undefined
  const ready = invitation === undefined || given !== undefined
  return (
    <Modal opened onClose={close} size={560} fullScreen={narrow} title={invitation ? t('change.title', { name: nameOf(invitation) }) : t('invite.title')}>
      {ready ? (
        <Form
          {...(invitation && { invitation })}
          promised={given?.access.map(({ item, level, roundRobin }) => ({ item, level: level === 'VIEW' ? 'VIEW' : 'EDIT', roundRobin })) ?? []}
          more={(given?.accessCount ?? 0) - (given?.access.length ?? 0)}
          close={close}
          done={done}
        />
      ) : (
        <Skeleton height={420} />
      )}
    </Modal>
  )
}

interface FormProps extends Props {
  promised: PromisedItem[]
  /** How many items it gives access to beyond those. */
  more: number
}

function Form({ invitation, promised, more, close, done }: FormProps) {
  const { t } = useTranslation(['sharing', 'frame'])
  const form = useRef<HTMLFormElement>(null)
  const [firstName, setFirstName] = useState(invitation?.firstName ?? '')
  const [lastName, setLastName] = useState(invitation?.lastName ?? '')
  const [email, setEmail] = useState(invitation?.email ?? '')
  const [role, setRole] = useState<Role>(invitation?.role ?? 'MEMBER')
  const [canSend, setCanSend] = useState(invitation?.canSend ?? false)
  const [canExport, setCanExport] = useState(invitation?.canExport ?? false)
  const [access, setAccess] = useState<readonly PromisedItem[]>(promised)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [invite, inviting] = useAct(INVITE, { quiet: true })
  const [change, changing] = useAct(CHANGE_INVITATION, { quiet: true })
  const busy = inviting || changing
  const wrong = (field: string) => problems.find((p) => p.field === field)?.message
  const rest = problems.filter((p) => !p.field || !['firstName', 'lastName', 'email', 'access'].includes(p.field))
  const refuse = (found: readonly Problem[]) => {
    setProblems(found)
    const field = form.current?.elements.namedItem(found.find((p) => p.field)?.field ?? '')
    if (field instanceof HTMLElement) field.focus()
  }
  // What was wrong with a field is no longer said of what is typed there next.
  const mending = ({ target }: FormEvent) => target instanceof HTMLInputElement && setProblems(problems.filter((p) => p.field !== target.name))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const found: Problem[] = []
    for (const [field, value] of Object.entries({ firstName, lastName, email })) if (!value.trim()) found.push({ field, message: t('wrong.empty') })
    if (email.trim() && !/^\S+@\S+\.\S+$/.test(email.trim())) found.push({ field: 'email', message: t('wrong.email') })
    if (found.length > 0) return refuse(found)
    const gives = { role, canSend, canExport }
    const items = access.map(({ item, level, roundRobin }) => ({ item: item.id, level, roundRobin }))
    const outcome = invitation
      ? await change({ input: { invitation: invitation.id, firstName, lastName, ...gives, ...(access !== promised && { access: items }) } })
      : await invite({ input: { firstName, lastName, email, ...gives, access: items } })
    if (!outcome.done) return refuse(outcome.problems)
    told(invitation ? t('told.changed', { name: `${firstName} ${lastName}` }) : t('told.invited', { email: email.trim() }))
    done()
  }
  return (
    <form ref={form} onSubmit={submit} onChange={mending} noValidate>
      <Stack gap="md">
        {rest.map((p) => (
          <Alert key={p.message} color="red" variant="light" role="alert">
            {p.message}
          </Alert>
        ))}
        <Group grow align="start" preventGrowOverflow={false}>
          <TextInput
            name="firstName"
            label={t('field.firstName')}
            value={firstName}
            onChange={(e) => setFirstName(e.currentTarget.value)}
            error={wrong('firstName')}
            autoComplete="off"
            data-autofocus
          />
          <TextInput
            name="lastName"
            label={t('field.lastName')}
            value={lastName}
            onChange={(e) => setLastName(e.currentTarget.value)}
            error={wrong('lastName')}
            autoComplete="off"
          />
        </Group>
        <TextInput
          name="email"
          type="email"
          label={t('field.email')}
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
          error={wrong('email')}
          readOnly={invitation !== undefined}
          description={invitation && t('change.email')}
          autoComplete="off"
        />
        <NativeSelect
          label={t('field.role')}
          description={t(`role.${role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={role}
          data={roles.map((value) => ({ value, label: t(`frame:role.${value}`) }))}
          onChange={(e) => setRole(roles.find((r) => r === e.currentTarget.value) ?? 'MEMBER')}
        />
        <Stack gap="xs" role="group" aria-label={t('field.rights')}>
          <Text size="sm" fw={600}>
            {t('field.rights')}
          </Text>
          <Checkbox label={t('rights.send')} checked={canSend} onChange={(e) => setCanSend(e.currentTarget.checked)} />
          <Checkbox label={t('rights.export')} checked={canExport} onChange={(e) => setCanExport(e.currentTarget.checked)} />
        </Stack>
        <Promised access={access} change={setAccess} more={more} error={wrong('access')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('frame:cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {invitation ? t('frame:save') : t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
