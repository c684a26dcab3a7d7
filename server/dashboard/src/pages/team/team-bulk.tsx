import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { graphql } from '../../api/gql'
import type { WholeTeamQueryVariables } from '../../api/gql/graphql'
import { BulkBar } from '../../ui/bulk-bar'
import { Menu } from '../../ui/menu'
import type { Selection } from '../../ui/rows'
import { tickedCount, tickedOf } from '../../ui/ticked'
import { failed } from '../../ui/told'
import { isColleague, roles, type TeamMember } from './people'
import { type Patch, useTeamActs } from './team-acts'
import type { Opens } from './team-menu'

const WHOLE_TEAM = graphql(`
  query WholeTeam($first: Int!, $after: String, $search: String, $role: Role, $status: TeamStatus) {
    team(first: $first, after: $after, search: $search, role: $role, status: $status) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...TeamPerson
        }
      }
    }
  }
`)

/** How many people one step may change. */
const mostPeople = 1000

interface Props {
  selection: Selection
  /** How many people the list has. */
  total: number
  /** What the list is searched by. */
  filter: Omit<WholeTeamQueryVariables, 'first' | 'after'>
  /** People who were on the screen; whoever is ticked alone is among them. */
  seen: ReadonlyMap<string, TeamMember>
  open(what: Opens, people: TeamMember[]): void
  clear(): void
  changed(): void
}

/** What an owner can do with the ticked people. */
export function TeamBulk({ selection, total, filter, seen, open, clear, changed }: Props) {
  const { t } = useTranslation(['team', 'frame'])
  const client = useClient()
  const acts = useTeamActs(changed)
  const all = () => every(client, WHOLE_TEAM, filter, (data) => data.team)
  const withTicked = async (act: (people: TeamMember[]) => void) => {
    try {
      const people = await tickedOf(selection, (id) => seen.get(id), all)
      if (people.length > mostPeople) failed(t('tooManyPeople', { count: mostPeople }))
      else act(people)
    } catch {
      failed(t('frame:error.away'))
    }
  }
  const change = (patch: Patch) => withTicked((people) => acts.change(people, patch))
  const ofColleagues = (what: 'credits' | 'deactivate' | 'remove') =>
    withTicked((people) => {
      const colleagues = people.filter(isColleague)
      if (colleagues.length === 0) failed(t(what === 'credits' ? 'onlyInvitedCredits' : 'onlyInvited'))
      else open(what, colleagues)
    })
  return (
    <BulkBar count={tickedCount(selection, total)} clear={clear}>
      <Button size="compact-sm" onClick={() => withTicked((people) => open('access', people))}>
        {t('menu.access')}
      </Button>
      <Menu
        target={
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('menu.more')}
          </Button>
        }
      >
        <Menu.Label>{t('menu.role')}</Menu.Label>
        {roles.map((value) => (
          <Menu.Item key={value} onClick={() => change({ role: value })}>
            {t(`frame:role.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('column.rights')}</Menu.Label>
        <Menu.Item onClick={() => change({ canSend: true })}>{t('menu.sendOn')}</Menu.Item>
        <Menu.Item onClick={() => change({ canSend: false })}>{t('menu.sendOff')}</Menu.Item>
        <Menu.Item onClick={() => ofColleagues('credits')}>{t('menu.credits')}</Menu.Item>
        <Menu.Item onClick={() => change({ canExport: true })}>{t('menu.exportOn')}</Menu.Item>
        <Menu.Item onClick={() => change({ canExport: false })}>{t('menu.exportOff')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => withTicked((people) => acts.reactivate(people.filter(isColleague).filter((p) => p.status === 'DEACTIVATED')))}>
          {t('menu.reactivate')}
        </Menu.Item>
        <Menu.Item color="red" onClick={() => ofColleagues('deactivate')}>
          {t('menu.deactivate')}
        </Menu.Item>
        <Menu.Item color="red" onClick={() => ofColleagues('remove')}>
          {t('menu.remove')}
        </Menu.Item>
      </Menu>
    </BulkBar>
  )
}
