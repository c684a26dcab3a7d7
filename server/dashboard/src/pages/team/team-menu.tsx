import {
  IconCheck,
  IconClockPause,
  IconCoins,
  IconFileExport,
  IconKey,
  IconMailForward,
  IconPlayerPlay,
  IconSend,
  IconUser,
  IconUserMinus,
  IconUserOff,
  IconUserShield,
  IconX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui/menu'
import { nameOf } from '../../ui/person'
import { RowMenu } from '../../ui/row-menu'
import { isAway, isColleague, roles, type TeamMember } from './people'
import { useTeamActs } from './team-acts'

/** A window that one opens from the menu. */
export type Opens = 'access' | 'away' | 'credits' | 'deactivate' | 'remove'

interface Props {
  person: TeamMember
  open(what: Opens): void
  /** Called when something of the person has changed. */
  changed?: (() => void) | undefined
  /** Whether the viewer is an owner. */
  owner: boolean
  /** Whether the person is the viewer. */
  self: boolean
  /** Whether it stands on the person's own page. */
  here?: boolean
}

const icon = { size: 16, stroke: 1.7 }

/** What can be done with somebody of the team: by owners, and about being away by the person. */
export function TeamMenu({ person, open, changed, owner, self, here }: Props) {
  const { t } = useTranslation(['team', 'frame'])
  const { change, reactivate, back, resend, withdraw } = useTeamActs(changed)
  const colleague = isColleague(person)
  const active = colleague && person.status === 'ACTIVE'
  return (
    <RowMenu name={nameOf(person)}>
      {colleague && !here && (
        <Menu.Item leftSection={<IconUser {...icon} />} component={Link} to={`/team/${person.id}`}>
          {t('menu.page')}
        </Menu.Item>
      )}
      {owner && (
        <Menu.Item leftSection={<IconKey {...icon} />} onClick={() => open('access')}>
          {t('menu.access')}
        </Menu.Item>
      )}
      {active && (owner || self) && (
        <Menu.Item leftSection={<IconClockPause {...icon} />} onClick={() => open('away')}>
          {t('menu.away')}
        </Menu.Item>
      )}
      {active && (owner || self) && isAway(person) && (
        <Menu.Item leftSection={<IconPlayerPlay {...icon} />} onClick={() => back(person, person.awayUntil)}>
          {t('menu.back')}
        </Menu.Item>
      )}
      {owner && (
        <>
          <Menu.Divider />
          <Menu.Label>{t('column.role')}</Menu.Label>
          {roles.map((role) => (
            <Menu.Item
              key={role}
              leftSection={<IconUserShield {...icon} />}
              rightSection={person.role === role && <IconCheck {...icon} />}
              aria-current={person.role === role || undefined}
              onClick={() => change([person], { role })}
            >
              {t(`frame:role.${role}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => change([person], { canSend: !person.canSend })} leftSection={<IconSend {...icon} />}>
            {t(person.canSend ? 'menu.sendOff' : 'menu.sendOn')}
          </Menu.Item>
          {colleague && (
            <Menu.Item onClick={() => open('credits')} leftSection={<IconCoins {...icon} />}>
              {t('menu.credits')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => change([person], { canExport: !person.canExport })} leftSection={<IconFileExport {...icon} />}>
            {t(person.canExport ? 'menu.exportOff' : 'menu.exportOn')}
          </Menu.Item>
          <Menu.Divider />
          {colleague ? (
            <>
              {active ? (
                <Menu.Item color="red" leftSection={<IconUserOff {...icon} />} onClick={() => open('deactivate')}>
                  {t('menu.deactivate')}
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconPlayerPlay {...icon} />} onClick={() => reactivate([person])}>
                  {t('menu.reactivate')}
                </Menu.Item>
              )}
              <Menu.Item color="red" leftSection={<IconUserMinus {...icon} />} onClick={() => open('remove')}>
                {t('menu.remove')}
              </Menu.Item>
            </>
          ) : (
            <>
              <Menu.Item leftSection={<IconMailForward {...icon} />} onClick={() => resend(person)}>
                {t('menu.resend')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconX {...icon} />} onClick={() => withdraw([person])}>
                {t('menu.withdraw')}
              </Menu.Item>
            </>
          )}
        </>
      )}
    </RowMenu>
  )
}
