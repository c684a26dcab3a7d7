import { Anchor, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useInsider } from '../../app/session'
import { mailTo } from '../../ui/mail-to'
import { Ago } from '../../ui/time'
import { isAway, isColleague, type TeamMember } from './people'
import classes from './team.module.css'

interface Props {
  person: TeamMember
  /** What opens the windows for it, where the viewer may change it. */
  editAway?: (() => void) | undefined
  editCredits?: (() => void) | undefined
}

/** Who somebody is, and what they may do in general. */
export function PersonFacts({ person, editAway, editCredits }: Props) {
  const { t, i18n } = useTranslation(['team', 'frame'])
  const { account } = useInsider()
  const colleague = isColleague(person) ? person : undefined
  const invited = isColleague(person) ? undefined : person
  const away = isAway(person) && colleague?.awayUntil
  const facts: [string, ReactNode][] = [
    [
      t('fact.email'),
      <Anchor key="email" href={mailTo(person.email)} size="sm">
        {person.email}
      </Anchor>,
    ],
    [
      t('column.role'),
      <span key="role">
        {t(`frame:role.${person.role}`)}
        <Text size="xs" c="dimmed">
          {t(`roleWords.${person.role}`)}
        </Text>
      </span>,
    ],
    [t('fact.send'), t(person.canSend ? 'fact.yes' : 'fact.no')],
  ]
  if (colleague?.credits) {
    const { period, amount } = colleague.credits
    facts.push([
      t('fact.credits'),
      <Group key="credits" gap="xs">
        <span>{t(`credits.${period}`, { count: amount })}</span>
        {editCredits && (
          <Button variant="default" size="compact-xs" onClick={editCredits}>
            {t('fact.change')}
          </Button>
        )}
        {person.canSend && period === 'NONE' && (
          <Text size="xs" c="dimmed">
            {t('credits.noneWords')}
          </Text>
        )}
      </Group>,
    ])
  }
  facts.push([t('fact.export'), t(person.canExport ? 'fact.yes' : 'fact.no')])
  if (colleague) {
    facts.push([
      t('fact.away'),
      <Group key="away" gap="xs">
        {away
          ? t('fact.awayUntil', { until: new Date(away).toLocaleString(i18n.language, { dateStyle: 'long', timeStyle: 'short', timeZone: account.timeZone }) })
          : t('fact.here')}
        {editAway && (
          <Button variant="default" size="compact-xs" onClick={editAway}>
            {t('fact.change')}
          </Button>
        )}
      </Group>,
    ])
    facts.push([
      t('fact.leads'),
      <Anchor key="leads" component={Link} to={`/leads?assignee=${colleague.id}`} size="sm">
        {t('fact.leadsLink')}
      </Anchor>,
    ])
    facts.push([t('fact.joined'), <Ago key="joined" moment={colleague.createdAt} />])
    if (colleague.lastVisitAt) facts.push([t('fact.seen'), <Ago key="seen" moment={colleague.lastVisitAt} />])
  }
  if (invited) {
    facts.push([t('fact.sent'), <Ago key="sent" moment={invited.sentAt} />])
    facts.push([t('fact.promised'), t('fact.items', { count: invited.accessCount })])
  }
  return (
    <Text component="dl" size="sm" className={classes.facts}>
      {facts.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </Text>
  )
}
