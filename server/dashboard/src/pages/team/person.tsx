import { Button, Tabs } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import { useLiveQuery } from '../../api/live'
import { useInsider, useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { Gone } from '../../ui/gone'
import { Opening } from '../../ui/opening'
import { Page } from '../../ui/page'
import { nameOf } from '../../ui/person'
import { isColleague } from './people'
import { PersonFacts } from './person-facts'
import { PersonItems } from './person-items'
import { PersonSessions } from './person-sessions'
import classes from './team.module.css'
import { Standing } from './team-columns'
import { TeamMenu } from './team-menu'
import { type Opened, Windows } from './windows'

const PERSON = graphql(`
  query PersonPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Collaborator {
        ...TeamPerson
      }
      ... on Invitation {
        ...TeamPerson
      }
    }
  }
`)

/** One person of the team. */
export function PersonPage() {
  const { id } = useParams({ from: '/inside/team/$id' })
  return <Known key={id} id={id} />
}

function Known({ id }: { id: string }) {
  const { t } = useTranslation(['team', 'frame'])
  const owner = useOwner()
  const { collaborator } = useInsider()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened>()
  const { data, error, refresh } = useLiveQuery({ query: PERSON, variables: { id } })
  if (error && !data) return <Away error={error} again={refresh} />
  if (!data) return <Opening />
  const person = data.node
  if (person?.__typename !== 'Collaborator' && person?.__typename !== 'Invitation') return <Gone to="/team" back={t('backToTeam')} />
  const self = person.id === collaborator.id
  const theirs = isColleague(person) && (owner || self)
  return (
    <Page
      title={nameOf(person)}
      about={<Standing person={person} />}
      back={{ to: '/team', label: t('title') }}
      actions={
        <>
          {owner && (
            <Button visibleFrom="sm" leftSection={<IconKey size={16} stroke={1.8} />} onClick={() => setOpened({ what: 'access', people: [person] })}>
              {t('menu.access')}
            </Button>
          )}
          {(owner || self) && (
            <TeamMenu here person={person} owner={owner} self={self} open={(what) => setOpened({ what, people: [person] })} changed={refresh} />
          )}
        </>
      }
    >
      <Tabs defaultValue="about" className={classes.tabs} keepMounted={false}>
        <Tabs.List px="md" className={classes.list}>
          <Tabs.Tab value="about">{t('page.about')}</Tabs.Tab>
          {theirs && <Tabs.Tab value="items">{t('page.items')}</Tabs.Tab>}
          {theirs && <Tabs.Tab value="sessions">{t('page.sessions')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="about" className={classes.panel} p="md">
          <PersonFacts
            person={person}
            editAway={theirs && person.status === 'ACTIVE' ? () => setOpened({ what: 'away', people: [person] }) : undefined}
            editCredits={owner && isColleague(person) ? () => setOpened({ what: 'credits', people: [person] }) : undefined}
          />
        </Tabs.Panel>
        {theirs && (
          <>
            <Tabs.Panel value="items" className={classes.panel} data-fills>
              <PersonItems id={id} name={nameOf(person)} deactivated={person.status === 'DEACTIVATED'} />
            </Tabs.Panel>
            <Tabs.Panel value="sessions" className={classes.panel} p="md">
              <PersonSessions id={id} name={nameOf(person)} self={self} />
            </Tabs.Panel>
          </>
        )}
      </Tabs>
      <Windows opened={opened} close={() => setOpened(undefined)} gone={() => opened?.what === 'remove' && void navigate({ to: '/team' })} />
    </Page>
  )
}
