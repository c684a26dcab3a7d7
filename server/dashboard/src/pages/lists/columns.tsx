import { Badge, Text, UnstyledButton } from '@mantine/core'
import { IconMailCheck, IconMailOff, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactState } from '../../api/gql/graphql'
import { Menu } from '../../ui/menu'
import { nameOf } from '../../ui/person'
import { RowMenu } from '../../ui/row-menu'
import type { Column } from '../../ui/rows'
import type { ContactActs } from './acts'
import classes from './columns.module.css'
import type { Columns } from './columns-kept'
import type { Contact } from './query'

interface Options {
  columns: Columns
  acts: ContactActs
  mayChange: boolean
  open(id: string): void
}

/** The columns of the contact table. */
export function useContactColumns({ columns: { choices, shown }, acts, mayChange, open }: Options): Column<Contact>[] {
  const { t } = useTranslation('lists')
  const { unsubscribe, resubscribe, remove } = acts
  return useMemo(() => {
    const text = (id: string, header: string, value: (c: Contact) => string, width = 'minmax(0, 1fr)'): Column<Contact> => ({
      id,
      header,
      width,
      wide: true,
      cell: ({ row }) => (
        <Text size="sm" truncate title={value(row.original) || undefined}>
          {value(row.original)}
        </Text>
      ),
    })
    const list: Column<Contact>[] = [
      {
        id: 'email',
        header: t('column.email'),
        width: 'minmax(0, 2.4fr)',
        cell: ({ row }) => (
          <>
            <UnstyledButton className={classes.email} title={row.original.email} onClick={() => open(row.original.id)}>
              {row.original.email}
            </UnstyledButton>
            <Text size="xs" c="dimmed" truncate className={classes.narrow}>
              {[nameOf(row.original), row.original.state !== 'SUBSCRIBED' && t(`state.${row.original.state}`)].filter(Boolean).join(' · ')}
            </Text>
          </>
        ),
      },
      text('firstName', t('column.firstName'), (c) => c.firstName),
      text('lastName', t('column.lastName'), (c) => c.lastName),
    ]
    for (const { id, field } of choices) {
      if (!shown.has(id)) continue
      if (field !== undefined) list.push(text(id, field, (c) => c.fields.find((f) => f.name === field)?.value ?? ''))
      else if (id === 'company') list.push(text(id, t('column.company'), (c) => c.company, 'minmax(0, 1.4fr)'))
      else list.push(text(id, t('column.city'), (c) => c.city))
    }
    list.push({ id: 'state', header: t('column.state'), width: '124px', wide: true, cell: ({ row }) => <State of={row.original.state} /> })
    if (mayChange)
      list.push({
        id: 'menu',
        header: '',
        width: '36px',
        cell: ({ row: { original: contact } }) => (
          <RowMenu name={contact.email}>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} />} onClick={() => open(contact.id)}>
              {t('act.edit')}
            </Menu.Item>
            {contact.state === 'SUBSCRIBED' ? (
              <Menu.Item leftSection={<IconMailOff size={16} stroke={1.7} />} onClick={() => unsubscribe([contact])}>
                {t('act.unsubscribe')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconMailCheck size={16} stroke={1.7} />} onClick={() => resubscribe([contact])}>
                {t('act.resubscribe')}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.7} />} onClick={() => remove(contact)}>
              {t('act.remove')}
            </Menu.Item>
          </RowMenu>
        ),
      })
    return list
  }, [t, choices, shown, mayChange, open, unsubscribe, resubscribe, remove])
}

const colors: Record<ContactState, string> = { SUBSCRIBED: 'gray', UNSUBSCRIBED: 'orange', BOUNCED: 'red', COMPLAINED: 'red' }

/** Whether a contact is mailed. The usual case is not made much of. */
export function State({ of }: { of: ContactState }) {
  const { t } = useTranslation('lists')
  if (of === 'SUBSCRIBED')
    return (
      <Text size="sm" c="dimmed" truncate>
        {t('state.SUBSCRIBED')}
      </Text>
    )
  return (
    <Badge variant="light" color={colors[of]} maw="100%">
      {t(`state.${of}`)}
    </Badge>
  )
}
