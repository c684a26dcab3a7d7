import { Badge, Checkbox, Skeleton, Text } from '@mantine/core'
import { IconMailPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui/menu'
import { Ago } from '../../ui/time'
import { MenuLink, TextLink } from '../items/link'
import { ItemMenu } from '../items/menu'
import { type ItemRow, useRights } from '../items/row'
import classes from './grid.module.css'
import { Thumbnail } from './thumbnail'

interface Props {
  item: ItemRow
  ticked: boolean
  tick(): void
  changed(): void
}

/** A template: what it looks like, its name, and what can be done with it. */
export function Card({ item, ticked, tick, changed }: Props) {
  const { t } = useTranslation(['templates', 'items', 'frame'])
  const rights = useRights()
  return (
    <div className={classes.card} data-ticked={ticked || undefined}>
      <div className={classes.picture}>
        <Thumbnail id={item.id} version={item.version} />
      </div>
      <Checkbox className={classes.tick} checked={ticked} onChange={tick} aria-label={t('frame:rows.one', { name: item.name })} />
      <div className={classes.foot}>
        <div className={classes.names}>
          <TextLink to="/templates/$id" params={{ id: item.id }} size="sm" fw={500} c="inherit" truncate className={classes.link}>
            {item.name}
          </TextLink>
          <Text size="xs" c="dimmed" truncate>
            {item.archivedAt ? (
              <Badge size="xs" variant="default">
                {t('items:archived')}
              </Badge>
            ) : (
              <Ago moment={item.changedAt} />
            )}
          </Text>
        </div>
        <div className={classes.menu}>
          <ItemMenu item={item} changed={changed}>
            {rights.create('CAMPAIGN') && (
              <>
                <MenuLink to="/campaigns" search={{ new: true, template: item.id }} leftSection={<IconMailPlus size={16} />}>
                  {t('use')}
                </MenuLink>
                <Menu.Divider />
              </>
            )}
          </ItemMenu>
        </div>
      </div>
    </div>
  )
}

/** A card that is on its way. */
export function WaitingCard() {
  return (
    <div aria-busy="true" className={classes.card}>
      <div className={classes.picture} />
      <div className={classes.foot}>
        <Skeleton height={10} width="60%" />
      </div>
    </div>
  )
}
