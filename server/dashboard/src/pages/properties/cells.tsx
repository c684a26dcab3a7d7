// The cells of the people of an item. What they need beside their row comes by a context, so that a change does not make them
// anew: a menu that is open stays open.

import { Group, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Audience } from '../../api/gql/graphql'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'
import type { Changes } from './changes'
import { LevelMenu } from './level'
import type { Onlooker } from './queries'
import classes from './window.module.css'

interface Around {
  changes: Changes
  mayChange: boolean
  audience: Audience
}

const Context = createContext<Around | null>(null)

/** Gives the cells below it what they need. */
export const Cells = Context

function useAround(): Around {
  const around = useContext(Context)
  if (!around) throw new Error('there are no Cells above')
  return around
}

/** A person, and beneath them why they see the item or do not. */
export function ReasonCell({ row }: { row: Onlooker }) {
  const { t } = useTranslation(['properties', 'frame'])
  const now = useAround().changes.shown(row)
  const name = nameOf(now.collaborator)
  return (
    <Group gap="sm" wrap="nowrap" className={now.reason === 'REMOVED' ? classes.removed : undefined}>
      <Monogram name={name} />
      <div className={classes.names}>
        <Text size="sm" fw={500} truncate title={now.collaborator.email}>
          {name}{' '}
          <Text span size="xs" c="dimmed" visibleFrom="sm">
            {now.collaborator.email}
          </Text>
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2} className={classes.reason}>
          {t(`reason.${now.reason}`)}
        </Text>
      </div>
    </Group>
  )
}

/** What they may do, and changing it where it can be. */
export function LevelCell({ row }: { row: Onlooker }) {
  const { t } = useTranslation(['properties', 'frame'])
  const { changes, mayChange, audience } = useAround()
  const now = changes.shown(row)
  if (mayChange && now.reason !== 'OWNER' && now.reason !== 'CREATOR') return <LevelMenu row={now} audience={audience} changes={changes} />
  return (
    <Text size="sm" c="dimmed" component="span" className={classes.fixed}>
      {mayChange && <IconLock size={14} stroke={1.8} aria-hidden />}
      {t(`level.${now.level}`)}
    </Text>
  )
}
