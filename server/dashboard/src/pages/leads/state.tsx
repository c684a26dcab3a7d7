import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LeadState } from '../../api/gql/graphql'
import { Menu } from '../../ui/menu'
import { states } from './address'
import classes from './leads.module.css'

/** How far a lead is. */
export function StateMark({ state }: { state: LeadState }) {
  const { t } = useTranslation('leads')
  return (
    <Group gap={8} wrap="nowrap">
      <span className={classes.dot} data-state={state} />
      <Text size="sm" truncate>
        {t(`state.${state}`)}
      </Text>
    </Group>
  )
}

/** The states, as entries of a menu. */
export function StateItems({ choose }: { choose(state: LeadState): void }) {
  return states.map((state) => (
    <Menu.Item key={state} onClick={() => choose(state)}>
      <StateMark state={state} />
    </Menu.Item>
  ))
}
