import { Badge, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { graphql } from '../api/gql'
import { useLiveQuery } from '../api/live'
import { useInsider } from './session'

const NEW_LEADS = graphql(`
  query NewLeads($me: ID!) {
    leads(first: 1, filter: { assignees: [$me], states: [NEW] }) {
      totalCount
    }
  }
`)

/** How many leads have come to the viewer that they have not begun with. */
export function NewLeads() {
  const { t } = useTranslation()
  const { collaborator } = useInsider()
  const { data } = useLiveQuery({ query: NEW_LEADS, variables: { me: collaborator.id } })
  const count = data?.leads.totalCount ?? 0
  return count > 0 ? (
    <Badge size="sm">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <VisuallyHidden>{t('nav.newLeads', { count })}</VisuallyHidden>
    </Badge>
  ) : null
}
