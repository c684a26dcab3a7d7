import { Badge, Group, Text } from '@mantine/core'
import { IconMailForward, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { useConfirm } from '../../ui/confirm'
import { Menu } from '../../ui/menu'
import { nameOf, Person } from '../../ui/person'
import { RowMenu } from '../../ui/row-menu'
import type { Column } from '../../ui/rows'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import { type Invitation, RESEND, WITHDRAW } from './queries'

/** The columns of the pending invitations, and what can be done with one. */
export function useInvitationColumns(change: (invitation: Invitation) => void, changed: () => void): Column<Invitation>[] {
  const { t } = useTranslation(['sharing', 'frame'])
  const acts = useInvitationActs(changed)
  return useMemo(
    () => [
      { id: 'who', header: t('column.who'), width: 'minmax(0, 3fr)', cell: ({ row }) => <Person of={row.original} /> },
      { id: 'gives', header: t('column.gives'), width: 'minmax(0, 2fr)', wide: true, cell: ({ row }) => <Gives invitation={row.original} /> },
      { id: 'sent', header: t('column.sent'), width: 'minmax(0, 1.6fr)', wide: true, cell: ({ row }) => <Sent invitation={row.original} /> },
      {
        id: 'state',
        header: t('column.state'),
        width: '104px',
        cell: ({ row }) => (
          <Badge variant="light" color={row.original.expired ? 'orange' : 'gray'}>
            {row.original.expired ? t('state.expired') : t('state.waiting')}
          </Badge>
        ),
      },
      {
        id: 'menu',
        header: '',
        width: '44px',
        cell: ({ row }) => (
          <RowMenu name={nameOf(row.original)}>
            <Menu.Item leftSection={<IconMailForward size={16} stroke={1.7} />} onClick={() => acts.resend(row.original)}>
              {t('act.resend')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} />} onClick={() => change(row.original)}>
              {t('act.change')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.7} />} onClick={() => acts.withdraw(row.original)}>
              {t('act.withdraw')}
            </Menu.Item>
          </RowMenu>
        ),
      },
    ],
    [t, acts, change],
  )
}

function useInvitationActs(changed: () => void) {
  const { t } = useTranslation(['sharing', 'frame'])
  const ask = useConfirm()
  const [resend] = useAct(RESEND)
  const [withdraw] = useAct(WITHDRAW)
  return useMemo(
    () => ({
      async resend(invitation: Invitation) {
        const { done } = await resend({ input: { invitation: invitation.id } })
        if (!done) return
        told(t('told.resent', { email: invitation.email }))
        changed()
      },
      async withdraw(invitation: Invitation) {
        const yes = await ask({
          title: t('withdraw.title', { name: nameOf(invitation) }),
          words: t('withdraw.words', { email: invitation.email }),
          yes: t('act.withdraw'),
          danger: true,
        })
        if (!yes) return
        const { done } = await withdraw({ input: { invitation: invitation.id } })
        if (!done) return
        told(t('told.withdrawn', { name: nameOf(invitation) }))
        changed()
      },
    }),
    [t, ask, resend, withdraw, changed],
  )
}

/** The role, the rights and the access that come with an invitation. */
function Gives({ invitation: { role, canSend, canExport, accessCount } }: { invitation: Invitation }) {
  const { t } = useTranslation(['sharing', 'frame'])
  const rights = [canSend && t('gives.send'), canExport && t('gives.export')].filter(Boolean).join(', ')
  return (
    <>
      <Text size="sm" truncate>
        {t(`frame:role.${role}`)}
        {rights && ` · ${rights}`}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {accessCount > 0 ? t('gives.items', { count: accessCount }) : t('gives.nothing')}
      </Text>
    </>
  )
}

function Sent({ invitation: { sentAt, invitedBy } }: { invitation: Invitation }) {
  const { t } = useTranslation(['sharing', 'frame'])
  return (
    <Group gap={0} display="block">
      <Text size="sm" truncate>
        <Ago moment={sentAt} />
      </Text>
      {invitedBy && (
        <Text size="xs" c="dimmed" truncate>
          {t('sentBy', { name: nameOf(invitedBy) })}
        </Text>
      )}
    </Group>
  )
}
