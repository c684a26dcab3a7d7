import { Button, Menu, Select } from '@mantine/core'
import { IconChevronDown, IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import { graphql } from '../../api/gql'
import type { Role, TeamStatus } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { useInsider, useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { BulkBar } from '../../ui/bulk-bar'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { nameOf } from '../../ui/person'
import { Rows, type Selection } from '../../ui/rows'
import { Search } from '../../ui/search'
import { failed } from '../../ui/told'
import { isColleague, type TeamMember } from './people'
import { type Patch, useTeamActs } from './team-acts'
import { useTeamColumns } from './team-columns'
import type { Opens } from './team-menu'
import { type Opened, Windows } from './windows'

const TEAM = graphql(`
  query Team($first: Int!, $skip: Int!, $search: String, $role: Role, $status: TeamStatus) {
    team(first: $first, skip: $skip, search: $search, role: $role, status: $status) {
      totalCount
      counts {
        active
        invited
        deactivated
      }
      edges {
        node {
          ...TeamPerson
        }
      }
    }
  }
`)

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

const roles = ['OWNER', 'MANAGER', 'MEMBER'] as const
const statuses = ['ACTIVE', 'INVITED', 'DEACTIVATED'] as const
const nobody: Selection = { all: false, ids: new Set() }

/** How many people one step may change. */
const mostPeople = 1000

/** The people of the account, and those who are invited (T1). */
export function Team() {
  const { t } = useTranslation(['team', 'frame'])
  const owner = useOwner()
  const { collaborator } = useInsider()
  const client = useClient()
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<Role | null>(null)
  const [status, setStatus] = useState<TeamStatus | null>(null)
  const [selection, setSelection] = useState<Selection>(nobody)
  const [opened, setOpened] = useState<Opened>()
  const [counts, setCounts] = useState<{ active: number; invited?: number | null; deactivated: number }>()
  const seen = useRef(new Map<string, TeamMember>())
  const variables = useMemo(() => ({ search: search || null, role, status }), [search, role, status])
  const list = useWindow({
    query: TEAM,
    variables,
    pick: (data) => data.team,
    answered: ({ team }) => {
      setCounts(team.counts)
      for (const { node } of team.edges) seen.current.set(node.id, node)
    },
  })
  const acts = useTeamActs(list.refresh)
  const open = useCallback((what: Opens, people: TeamMember[]) => setOpened({ what, people }), [])
  const columns = useTeamColumns(owner, collaborator.id, open, list.refresh)
  const filter =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setSelection(nobody)
      set(value)
    }
  const ticked = async (): Promise<TeamMember[]> => {
    if (!selection.all) return [...selection.ids].flatMap((id) => seen.current.get(id) ?? [])
    const all = await every(client, WHOLE_TEAM, variables, (data) => data.team)
    return all.filter((person) => !selection.ids.has(person.id))
  }
  const withTicked = async (act: (people: TeamMember[]) => void) => {
    try {
      const people = await ticked()
      if (people.length > mostPeople) failed(t('tooManyPeople', { count: mostPeople }))
      else act(people)
    } catch {
      failed(t('frame:error.away'))
    }
  }
  const change = (patch: Patch) => withTicked((people) => acts.change(people, patch))
  const going = (what: 'deactivate' | 'remove') =>
    withTicked((people) => {
      const colleagues = people.filter(isColleague)
      if (colleagues.length === 0) failed(t('onlyInvited'))
      else setOpened({ what, people: colleagues })
    })
  const count = selection.all ? (list.total ?? 0) - selection.ids.size : selection.ids.size
  const number = (value: TeamStatus) => counts?.[value === 'ACTIVE' ? 'active' : value === 'INVITED' ? 'invited' : 'deactivated']
  return (
    <Page
      title={t('title')}
      about={list.total === undefined ? undefined : t('count', { count: list.total })}
      actions={
        owner && (
          <Button component={Link} to="/settings/sharing" leftSection={<IconUserPlus size={16} stroke={1.8} />}>
            {t('invite')}
          </Button>
        )
      }
      tools={
        <>
          <Search label={t('search')} value={search} change={filter(setSearch)} />
          <Select
            w={150}
            aria-label={t('column.role')}
            data={[{ value: '', label: t('anyRole') }, ...roles.map((value) => ({ value, label: t(`frame:role.${value}`) }))]}
            value={role ?? ''}
            allowDeselect={false}
            onChange={(value) => filter(setRole)(roles.find((r) => r === value) ?? null)}
          />
          <Select
            w={170}
            aria-label={t('column.status')}
            data={[
              { value: '', label: t('anyStatus') },
              ...statuses
                .filter((value) => value !== 'INVITED' || owner)
                .map((value) => ({
                  value,
                  label: counts ? t('statusCount', { status: t(`statuses.${value}`), count: number(value) ?? 0 }) : t(`statuses.${value}`),
                })),
            ]}
            value={status ?? ''}
            allowDeselect={false}
            onChange={(value) => filter(setStatus)(statuses.find((s) => s === value) ?? null)}
          />
        </>
      }
    >
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        <Empty icon={IconUserSearch} title={t('noneTitle')} words={t('noneWords')}>
          <Button
            variant="default"
            onClick={() => {
              setSearch('')
              setRole(null)
              setStatus(null)
            }}
          >
            {t('showAll')}
          </Button>
        </Empty>
      ) : (
        <Rows
          label={t('title')}
          list={list}
          columns={columns}
          id={(person) => person.id}
          name={(person) => nameOf(person)}
          selection={owner ? selection : undefined}
          select={owner ? setSelection : undefined}
        />
      )}
      <BulkBar count={count} clear={() => setSelection(nobody)}>
        <Button size="compact-sm" onClick={() => withTicked((people) => setOpened({ what: 'access', people }))}>
          {t('menu.access')}
        </Button>
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
              {t('menu.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('menu.role')}</Menu.Label>
            {roles.map((value) => (
              <Menu.Item key={value} onClick={() => change({ role: value })}>
                {t(`frame:role.${value}`)}
              </Menu.Item>
            ))}
            <Menu.Label>{t('column.rights')}</Menu.Label>
            <Menu.Item onClick={() => change({ canSend: true })}>{t('menu.sendOn')}</Menu.Item>
            <Menu.Item onClick={() => change({ canSend: false })}>{t('menu.sendOff')}</Menu.Item>
            <Menu.Item onClick={() => change({ canExport: true })}>{t('menu.exportOn')}</Menu.Item>
            <Menu.Item onClick={() => change({ canExport: false })}>{t('menu.exportOff')}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => withTicked((people) => acts.reactivate(people.filter(isColleague).filter((p) => p.status === 'DEACTIVATED')))}>
              {t('menu.reactivate')}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => going('deactivate')}>
              {t('menu.deactivate')}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => going('remove')}>
              {t('menu.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </BulkBar>
      <Windows
        opened={opened}
        close={() => setOpened(undefined)}
        gone={() => {
          setSelection(nobody)
          list.refresh()
        }}
      />
    </Page>
  )
}
