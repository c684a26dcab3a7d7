// What the lists of all kinds of items have in common: their head, what stands in place of an empty one, and what can be
// done with ticked rows. What an item looks like is its own list's matter.

import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { type Icon, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArchiveFilter, ItemKind } from '../../api/gql/graphql'
import type { ListWindow } from '../../api/window'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { Search } from '../../ui/search'
import type { ListAddress } from './address'
import { ButtonLink, IconLink } from './link'
import { listPage, useRights } from './row'

interface Props {
  kind: ItemKind
  icon: Icon
  address: ListAddress
  list: ListWindow<unknown>
  /** Further filters. */
  tools?: ReactNode
  /** The window that makes a new one; open while the address says so. */
  newItem: ReactNode
  /** The items, shown when there are any. */
  children: ReactNode
}

/** A list of items of one kind. */
export function ItemsPage({ kind, icon, address, list, tools, newItem, children }: Props) {
  const { t } = useTranslation('items')
  const rights = useRights()
  const create = () => address.setCreating(true)
  const mayCreate = rights.create(kind)
  const from = { from: listPage[kind] }
  return (
    <Page
      title={t(`kind.${kind}.title`)}
      about={list.total === undefined ? undefined : t(`kind.${kind}.count`, { count: list.total })}
      actions={
        <>
          <ButtonLink to="/deleted" search={from} variant="subtle" color="gray" visibleFrom="sm" leftSection={<IconTrash size={16} stroke={1.8} />}>
            {t('deleted.title')}
          </ButtonLink>
          <IconLink to="/deleted" search={from} hiddenFrom="sm" aria-label={t('deleted.title')}>
            <IconTrash size={18} stroke={1.7} />
          </IconLink>
          {mayCreate ? (
            <>
              <Button visibleFrom="xs" leftSection={<IconPlus size={16} />} onClick={create}>
                {t(`kind.${kind}.new`)}
              </Button>
              <ActionIcon hiddenFrom="xs" variant="filled" color="partage" aria-label={t(`kind.${kind}.new`)} onClick={create}>
                <IconPlus size={18} />
              </ActionIcon>
            </>
          ) : (
            <Button
              title={t('membersMakeNone')}
              variant="default"
              data-disabled
              aria-disabled
              visibleFrom="xs"
              leftSection={<IconPlus size={16} />}
              onClick={(event) => event.preventDefault()}
            >
              {t(`kind.${kind}.new`)}
            </Button>
          )}
        </>
      }
      tools={
        <>
          <Search label={t('search')} value={address.search} change={address.setSearch} />
          <Archive address={address} />
          {tools}
        </>
      }
    >
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        address.search ? (
          <Empty icon={icon} title={t(`kind.${kind}.noneTitle`)} words={t(address.archive === 'CURRENT' ? 'noneWordsCurrent' : 'noneWords')} />
        ) : address.archive === 'ARCHIVED' ? (
          <Empty icon={icon} title={t('archiveEmptyTitle')} words={t('archiveEmptyWords')} />
        ) : (
          <Empty icon={icon} title={t(`kind.${kind}.emptyTitle`)} words={t(`kind.${kind}.emptyWords`)}>
            {mayCreate && <Button onClick={create}>{t(`kind.${kind}.new`)}</Button>}
          </Empty>
        )
      ) : (
        children
      )}
      {newItem}
    </Page>
  )
}

const archives: readonly ArchiveFilter[] = ['CURRENT', 'ARCHIVED', 'ALL']

function Archive({ address }: { address: ListAddress }) {
  const { t } = useTranslation('items')
  return (
    <SegmentedControl
      aria-label={t('archive.label')}
      value={address.archive}
      onChange={address.setArchive}
      w={{ base: '100%', xs: 'auto' }}
      data={archives.map((value) => ({ value, label: t(`archive.${value}`) }))}
    />
  )
}
