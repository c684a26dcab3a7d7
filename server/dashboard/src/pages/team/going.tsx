import { Button, Group, List, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { OpenLeads } from '../../api/gql/graphql'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import { told } from '../../ui/told'
import type { Colleague } from './people'
import { PersonPicker } from './person-picker'

const OPEN_LEADS = graphql(`
  query OpenLeadsOf($assignees: [ID!]) {
    leads(first: 1, filter: { assignees: $assignees, states: [NEW, IN_PROGRESS] }) {
      totalCount
    }
  }
`)

const DEACTIVATE = graphql(`
  mutation DeactivatePeople($input: DeactivatePeopleInput!) {
    deactivatePeople(input: $input) {
      leadsHandedOver
      collaborators {
        ...TeamPerson
      }
      errors {
        message
      }
    }
  }
`)

const REMOVE = graphql(`
  mutation RemovePeople($input: RemovePeopleInput!) {
    removePeople(input: $input) {
      leadsHandedOver
      removedIds
      errors {
        message
      }
    }
  }
`)

interface Props {
  people: Colleague[]
  /** Whether they are shut out, and may come back, or taken out of the account. */
  how: 'deactivate' | 'remove'
  close(): void
  done?(): void
}

/** Asks what becomes of the open leads of people who go, and lets them go. */
export function Going({ people, how, close, done }: Props) {
  const { t } = useTranslation(['team', 'frame'])
  const [leads, setLeads] = useState<OpenLeads>('ROTATION')
  const [successor, setSuccessor] = useState<string | null>(null)
  const [deactivate, deactivating] = useAct(DEACTIVATE)
  const [remove, removing] = useAct(REMOVE)
  const ids = people.map((p) => p.id)
  const [{ data }] = useQuery({ query: OPEN_LEADS, variables: { assignees: ids.slice(0, 100) }, requestPolicy: 'network-only', pause: ids.length > 100 })
  const [one, another] = people
  const whom = one && !another ? nameOf(one) : t('people', { count: people.length })
  const open = ids.length > 100 ? undefined : data?.leads.totalCount
  const go = async () => {
    const input = {
      collaborators: ids,
      openLeads: open === 0 && how === 'remove' ? 'ROTATION' : leads,
      successor: leads === 'SUCCESSOR' ? successor : null,
    } as const
    const outcome = how === 'deactivate' ? await deactivate({ input }) : await remove({ input })
    if (!outcome.done) return
    const moved = outcome.payload.leadsHandedOver
    told([t(`told.${how}d`, { name: whom, count: people.length }), moved > 0 && t('told.leads', { count: moved })].filter(Boolean).join(' '))
    done?.()
    close()
  }
  const ways = how === 'deactivate' ? (['ROTATION', 'SUCCESSOR', 'KEEP'] as const) : (['ROTATION', 'SUCCESSOR'] as const)
  return (
    <Modal opened onClose={close} title={t(`going.${how}.title`, { name: whom, count: people.length })} size="md">
      <Stack gap="md">
        <List size="sm" spacing={4}>
          {(['first', 'second', 'third'] as const).map((line) => (
            <List.Item key={line}>{t(`going.${how}.${line}`)}</List.Item>
          ))}
        </List>
        {open === 0 ? (
          <Text size="sm" c="dimmed">
            {t('going.noLeads')}
          </Text>
        ) : (
          <Radio.Group
            label={open === undefined ? t('going.leads') : t('going.leadsCount', { count: open })}
            value={leads}
            onChange={(value) => setLeads(ways.find((way) => way === value) ?? 'ROTATION')}
          >
            <Stack gap="xs" mt="xs">
              {ways.map((way) => (
                <Radio key={way} value={way} label={t(`going.way.${way}`)} description={t(`going.wayWords.${way}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {open !== 0 && leads === 'SUCCESSOR' && <PersonPicker label={t('going.successor')} value={successor} change={setSuccessor} without={ids} />}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={close} data-autofocus>
            {t('frame:cancel')}
          </Button>
          <Button color="red" loading={deactivating || removing} disabled={open !== 0 && leads === 'SUCCESSOR' && successor === null} onClick={go}>
            {t(`going.${how}.yes`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
