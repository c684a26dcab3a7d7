import { Button, Group, List, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../../api/gql'
import type { PreviewNumbersFragment } from '../../api/gql/graphql'
import { useSentence } from '../../ui/sentence'
import { changeInput, type Draft, grantInput } from './draft'
import type { TeamMember } from './people'
import { Question } from './question'

const SET = graphql(`
  query AccessPreview($input: SetCampaignAccessInput!) {
    preview: campaignAccessPreview(input: $input) {
      ...PreviewNumbers
    }
  }
`)

const GRANT = graphql(`
  query GrantPreview($input: GrantCampaignAccessInput!) {
    preview: campaignGrantPreview(input: $input) {
      ...PreviewNumbers
    }
  }
`)

export const PREVIEW_NUMBERS = graphql(`
  fragment PreviewNumbers on CampaignAccessPreview {
    total
    counted
    added
    removed
    roundRobinOn
    roundRobinOff
    unchanged
    kept
    sample {
      id
      name
    }
  }
`)

interface Props {
  people: TeamMember[]
  draft: Draft
  close(): void
  /** Saves; resolves once the server has taken it. */
  save(): Promise<void>
}

/** Says in numbers what saving changes, as things are now on the server, and asks (T6). */
export function AccessConfirm({ people, draft, close, save }: Props) {
  const { t } = useTranslation(['team', 'frame'])
  const sentence = useSentence()
  const [saving, setSaving] = useState(false)
  const { data, error } = usePreview(people, draft)
  const changes = data ? data.added + data.removed + data.roundRobinOn + data.roundRobinOff : 0
  return (
    <Question title={t('confirm.title')} close={close}>
      {error ? <Text size="sm">{sentence(error)}</Text> : data ? <Numbers of={data} many={people.length > 1} /> : <Waiting />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} data-autofocus>
          {t('frame:cancel')}
        </Button>
        <Button
          color={data && data.removed > 0 ? 'red' : undefined}
          disabled={changes === 0}
          loading={saving}
          onClick={async () => {
            setSaving(true)
            await save()
            setSaving(false)
          }}
        >
          {t('confirm.yes')}
        </Button>
      </Group>
    </Question>
  )
}

/**
 * How many campaigns one person keeps access to whatever the draft takes away, since they made them. It matters where access to
 * all is taken away, for the server alone knows of those that were not looked at; undefined until it has said so.
 */
export function useKept(people: TeamMember[], draft: Draft): number | undefined {
  const [settled] = useDebouncedValue(draft, 300)
  const [one] = people
  const [{ data, stale }] = useQuery({
    query: SET,
    variables: { input: { collaborator: one?.id ?? '', ...changeInput(settled) } },
    pause: people.length !== 1 || settled.all.canAccess !== false,
    context: fresh,
  })
  return draft === settled && !stale ? data?.preview.kept : undefined
}

const fresh = { requestPolicy: 'network-only' as const }

function usePreview(people: TeamMember[], draft: Draft) {
  const [first, ...others] = people
  const one = others.length === 0
  const [{ data: set, error: setError }] = useQuery({
    query: SET,
    variables: { input: { collaborator: first?.id ?? '', ...changeInput(draft) } },
    pause: !one,
    context: fresh,
  })
  const [{ data: granted, error: grantError }] = useQuery({
    query: GRANT,
    variables: { input: { collaborators: people.map((p) => p.id), ...grantInput(draft) } },
    pause: one,
    context: fresh,
  })
  return { data: set?.preview ?? granted?.preview, error: setError ?? grantError }
}

function Numbers({ of, many }: { of: PreviewNumbersFragment; many: boolean }) {
  const { t } = useTranslation('team')
  const lines = (['added', 'removed', 'roundRobinOn', 'roundRobinOff', 'kept', 'unchanged'] as const).filter((name) => of[name] > 0)
  const changes = of.added + of.removed + of.roundRobinOn + of.roundRobinOff
  return (
    <Stack gap="sm">
      {changes === 0 && <Text size="sm">{t('confirm.nothing')}</Text>}
      {of.counted < of.total && <Text size="sm">{t('confirm.partly', { count: of.counted })}</Text>}
      <List size="sm" spacing={4}>
        {lines.map((name) => (
          <List.Item key={name} c={name === 'unchanged' || name === 'kept' ? 'dimmed' : undefined} fw={name === 'removed' ? 600 : undefined}>
            {t(`confirm.${many ? 'many' : 'one'}.${name}`, { count: of[name] })}
          </List.Item>
        ))}
      </List>
      {of.sample.length > 0 && (
        <Text size="sm" c="dimmed" lineClamp={4}>
          {t('confirm.sample', { names: of.sample.map((c) => c.name).join(', ') })}
          {of.sample.length >= 20 && '…'}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('confirm.undo')}
      </Text>
    </Stack>
  )
}

function Waiting() {
  return (
    <Stack gap="sm" h={132} aria-busy>
      <Skeleton height={12} width="60%" />
      <Skeleton height={12} width="50%" />
      <Skeleton height={12} width="80%" />
    </Stack>
  )
}
