import { Group, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSubscription } from 'urql'
import { codeOf } from '../../api/client'
import { graphql } from '../../api/gql'
import type { AlsoOpenSubscription } from '../../api/gql/graphql'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'

const ALSO_OPEN = graphql(`
  subscription AlsoOpen($item: ID!) {
    alsoOpen(item: $item) {
      people {
        since
        collaborator {
          id
          firstName
          lastName
        }
      }
    }
  }
`)

type People = NonNullable<AlsoOpenSubscription['alsoOpen']>['people']

/** Who else has an item open. Whoever asks has it open, too. `gone` says that it is no longer theirs to see. */
export function usePresence(item: string, pause: boolean): { people: People; gone: boolean } {
  const [{ data, error }] = useSubscription({ query: ALSO_OPEN, variables: { item }, pause })
  return { people: data?.alsoOpen?.people ?? [], gone: error !== undefined && codeOf(error) === 'NOT_FOUND' }
}

/** How many are shown by their letters. */
const most = 4

/** Who else has the item open: their letters, and their names for those who point at them or do not see. */
export function Presence({ people }: { people: People }) {
  const { t } = useTranslation('items')
  const names = people.map((p) => nameOf(p.collaborator))
  return (
    <Group gap={4} wrap="nowrap">
      <VisuallyHidden role="status">{names.length > 0 && t('presence', { count: names.length, names: names.join(', ') })}</VisuallyHidden>
      {people.slice(0, most).map(({ collaborator }) => (
        <Tooltip key={collaborator.id} label={t('presence', { count: 1, names: nameOf(collaborator) })}>
          <span>
            <Monogram name={nameOf(collaborator)} />
          </span>
        </Tooltip>
      ))}
      {people.length > most && (
        <Tooltip label={names.slice(most).join(', ')}>
          <Text size="sm" c="dimmed">
            +{people.length - most}
          </Text>
        </Tooltip>
      )}
    </Group>
  )
}
