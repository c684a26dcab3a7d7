import { Text, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconChevronDown, IconEye, IconPencil, IconUserMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Audience } from '../../api/gql/graphql'
import { Menu } from '../../ui/menu'
import { nameOf } from '../../ui/person'
import type { Changes } from './changes'
import type { Onlooker } from './queries'
import classes from './window.module.css'

interface Props {
  row: Onlooker
  audience: Audience
  changes: Changes
}

/** What a person may do with the item, and changing it. */
export function LevelMenu({ row, audience, changes }: Props) {
  const { t } = useTranslation(['properties', 'frame'])
  const hidden = row.level === 'NONE'
  const own = row.reason === 'ADDED' || row.reason === 'REMOVED'
  const open = audience === 'EVERYONE'
  const without = open ? ({ level: 'EDIT', reason: 'EVERYONE' } as const) : ({ level: 'NONE', reason: 'NOT_ADDED' } as const)
  return (
    <Menu
      width={300}
      target={
        <UnstyledButton className={classes.level} aria-label={t('level.of', { name: nameOf(row.collaborator), level: t(`level.${row.level}`) })}>
          {t(`level.${row.level}`)}
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      }
    >
      <Choice icon={IconPencil} title={t('level.EDIT')} words={t('level.editWords')} now={row.level === 'EDIT'} onClick={() => changes.setLevel(row, 'EDIT')} />
      <Choice icon={IconEye} title={t('level.VIEW')} words={t('level.viewWords')} now={row.level === 'VIEW'} onClick={() => changes.setLevel(row, 'VIEW')} />
      {own && (
        <Choice
          icon={IconArrowBackUp}
          title={open ? t('level.asEveryone') : t('level.takeBack')}
          words={open ? t('level.asEveryoneWords') : t('level.takeBackWords')}
          onClick={() => changes.takeBack(row, without)}
        />
      )}
      {!hidden && (
        <>
          <Menu.Divider />
          <Choice icon={IconUserMinus} title={t('level.remove')} words={t('level.removeWords')} danger onClick={() => changes.removeOne(row)} />
        </>
      )}
    </Menu>
  )
}

interface ChoiceProps {
  icon: typeof IconEye
  title: string
  words: string
  now?: boolean
  danger?: boolean
  onClick(): void
}

function Choice({ icon: Picture, title, words, now, danger, onClick }: ChoiceProps) {
  return (
    <Menu.Item
      leftSection={<Picture size={17} stroke={1.7} />}
      rightSection={now ? <IconCheck size={15} /> : null}
      onClick={onClick}
      aria-current={now || undefined}
      {...(danger && { color: 'red' })}
    >
      <Text size="sm">{title}</Text>
      <Text size="xs" c="dimmed">
        {words}
      </Text>
    </Menu.Item>
  )
}
