import { Button, Select } from '@mantine/core'
import { IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { Role, TeamStatus } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { useInsider, useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { nameOf } from '../../ui/person'
import { Rows } from '../../ui/rows'
import { Search } from '../../ui/search'
import { none } from '../../ui/ticked'
import { ButtonLink } from '../items/link'
import { roles, type TeamMember } from './people'
import { TeamBulk } from './team-bulk'
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

const statuses = ['ACTIVE', 'INVITED', 'DEACTIVATED'] as const

/** The people of the account, and those who are invited (T1). */
export function Team() {
  const { t } = useTranslation(['team', 'frame'])
  const owner = useOwner()
  const { collaborator } = useInsider()
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<Role | null>(null)
  const [status, setStatus] = useState<TeamStatus | null>(null)
  const [selection, setSelection] = useState(none)
  const [opened, setOpened] = useState<Opened>()
  const [counts, setCounts] = useState<{ active: number; invited?: number | null; deactivated: number }>()
  const [seen] = useState(() => new Map<string, TeamMember>())
  const variables = useMemo(() => ({ search: search || null, role, status }), [search, role, status])
  const list = useWindow({
    query: TEAM,
    variables,
    pick: (data) => data.team,
    answered: ({ team }) => {
      setCounts(team.counts)
      for (const { node } of team.edges) seen.set(node.id, node)
    },
  })
  const open = useCallback((what: Opens, people: TeamMember[]) => setOpened({ what, people }), [])
  const columns = useTeamColumns(owner, collaborator.id, open, list.refresh)
  const filter =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setSelection(none)
      set(value)
    }
  const number = (value: TeamStatus) => counts?.[value === 'ACTIVE' ? 'active' : value === 'INVITED' ? 'invited' : 'deactivated']
  return (
    <Page
      title={t('title')}
      about={list.total === undefined ? undefined : t('count', { count: list.total })}
      actions={
        owner && (
          <ButtonLink to="/settings/sharing" search={{ invite: true }} leftSection={<IconUserPlus size={16} stroke={1.8} />}>
            {t('invite')}
          </ButtonLink>
        )
      }
      tools={
        <>
          <Search label={t('search')} value={search} change={filter(setSearch)} />
          <Select
            w={{ base: 'calc(50% - 5px)', sm: 150 }}
            aria-label={t('column.role')}
            data={[{ value: '', label: t('anyRole') }, ...roles.map((value) => ({ value, label: t(`frame:role.${value}`) }))]}
            value={role ?? ''}
            allowDeselect={false}
            onChange={(value) => filter(setRole)(roles.find((r) => r === value) ?? null)}
          />
          <Select
            w={{ base: 'calc(50% - 5px)', sm: 170 }}
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
      <TeamBulk
        selection={selection}
        total={list.total ?? 0}
        filter={variables}
        seen={seen}
        open={open}
        clear={() => setSelection(none)}
        changed={list.refresh}
      />
      <Windows
        opened={opened}
        close={() => setOpened(undefined)}
        gone={() => {
          setSelection(none)
          list.refresh()
        }}
      />
    </Page>
  )
}
