import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Person } from '../../ui/person'
import type { Column } from '../../ui/rows'
import { Ago } from '../../ui/time'
import { isAway, isColleague, statusOf, type TeamMember } from './people'
import classes from './team.module.css'
import { type Opens, TeamMenu } from './team-menu'

const colors = { INVITED: 'blue', EXPIRED: 'orange', DEACTIVATED: 'gray' } as const

/** Where somebody stands, and whether they are away. */
export function Standing({ person }: { person: TeamMember }) {
  const { t, i18n } = useTranslation('team')
  const status = statusOf(person)
  const away = isColleague(person) && isAway(person) && person.awayUntil
  if (status === 'ACTIVE' && away) {
    const until = new Date(away).toLocaleDateString(i18n.language, { day: 'numeric', month: 'short' })
    return (
      <Badge variant="light" color="yellow" className={classes.badge}>
        {t('status.away', { until })}
      </Badge>
    )
  }
  if (status === 'ACTIVE') return <Text size="sm">{t('status.ACTIVE')}</Text>
  return (
    <Badge variant="light" color={colors[status]} className={classes.badge}>
      {t(`status.${status}`)}
    </Badge>
  )
}

/** The columns of the team. */
export function useTeamColumns(owner: boolean, self: string, open: (what: Opens, people: TeamMember[]) => void, changed: () => void): Column<TeamMember>[] {
  const { t } = useTranslation(['team', 'frame'])
  return useMemo(() => {
    const columns: Column<TeamMember>[] = [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(0, 3fr)',
        cell: ({ row: { original: person } }) =>
          isColleague(person) ? (
            <Anchor component={Link} to={`/team/${person.id}`} c="inherit" className={classes.person}>
              <Person of={person} />
            </Anchor>
          ) : (
            <Person of={person} />
          ),
      },
      {
        id: 'role',
        header: t('column.role'),
        width: '130px',
        wide: true,
        cell: ({ row }) => <Text size="sm">{t(`frame:role.${row.original.role}`)}</Text>,
      },
      { id: 'status', header: t('column.status'), width: 'clamp(100px, 24vw, 190px)', cell: ({ row }) => <Standing person={row.original} /> },
      {
        id: 'rights',
        header: t('column.rights'),
        width: '170px',
        wide: true,
        cell: ({ row: { original: person } }) => {
          const rights = [person.canSend && t('right.send'), person.canExport && t('right.export')].filter(Boolean)
          return (
            <Text size="sm" c={rights.length > 0 ? undefined : 'dimmed'} truncate>
              {rights.length > 0 ? rights.join(', ') : t('right.none')}
            </Text>
          )
        },
      },
    ]
    if (owner) {
      columns.push({
        id: 'seen',
        header: t('column.seen'),
        width: '140px',
        wide: true,
        cell: ({ row: { original: person } }) => (
          <Text size="sm" c="dimmed" truncate>
            {isColleague(person) && person.lastVisitAt ? <Ago moment={person.lastVisitAt} /> : t('never')}
          </Text>
        ),
      })
    }
    columns.push({
      id: 'menu',
      header: () => <span className={classes.hidden}>{t('column.menu')}</span>,
      width: '40px',
      cell: ({ row: { original: person } }) => (
        <Group justify="flex-end">
          <TeamMenu person={person} owner={owner} self={person.id === self} open={(what) => open(what, [person])} changed={changed} />
        </Group>
      ),
    })
    return columns
  }, [t, owner, self, open, changed])
}
