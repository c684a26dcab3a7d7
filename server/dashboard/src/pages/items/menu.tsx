import { IconArchive, IconArchiveOff, IconCopy, IconExternalLink, IconShare, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { Menu } from '../../ui/menu'
import { RowMenu } from '../../ui/row-menu'
import { told } from '../../ui/told'
import { type Act, useItemActs } from './acts'
import { MenuLink } from './link'
import { type ItemRow, itemPage, useRights } from './row'

const DUPLICATE = graphql(`
  mutation DuplicateItem($id: ID!) {
    duplicateItem(input: { id: $id }) {
      item {
        id
        kind
        name
      }
      errors {
        message
      }
    }
  }
`)

interface Props {
  item: ItemRow
  /** Called when something was done: reads the list again. */
  changed(act: Act): void
  /** Whether it is open already. */
  here?: boolean
  /** What can be done with items of this kind alone; Menu.Item. */
  children?: ReactNode
}

/** What can be done with an item, as far as the viewer may. */
export function ItemMenu({ item, changed, here, children }: Props) {
  const { t } = useTranslation('items')
  const rights = useRights()
  const navigate = useNavigate()
  const { act } = useItemActs(changed)
  const [duplicate] = useAct(DUPLICATE)
  const copy = async () => {
    const outcome = await duplicate({ id: item.id })
    if (!outcome.done || !outcome.payload.item) return
    const made = outcome.payload.item
    told(t('didOne.duplicate', { name: made.name }))
    void navigate({ to: itemPage[made.kind], params: { id: made.id } })
  }
  return (
    <RowMenu name={item.name}>
      {!here && (
        <MenuLink to={itemPage[item.kind]} params={{ id: item.id }} leftSection={<IconExternalLink size={16} />}>
          {t('act.open')}
        </MenuLink>
      )}
      <MenuLink to="." search={(s) => ({ ...s, properties: item.id })} leftSection={<IconShare size={16} />}>
        {t('act.properties')}
      </MenuLink>
      {children}
      {rights.create(item.kind) && (
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
          {t('act.duplicate')}
        </Menu.Item>
      )}
      {rights.configure(item) && (
        <>
          {item.archivedAt ? (
            <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={() => act('unarchive', [item])}>
              {t('act.unarchive')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => act('archive', [item])}>
              {t('act.archive')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => act('remove', [item])}>
            {t('act.remove')}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  )
}
