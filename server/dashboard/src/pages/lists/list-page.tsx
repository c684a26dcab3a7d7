// What the pages of a contact list and of a blacklist have in common: name and description, import, export, and what can be
// done with every item.

import { Button, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconFileImport } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useInsider } from '../../app/session'
import { Gone } from '../../ui/gone'
import { Menu } from '../../ui/menu'
import { Page } from '../../ui/page'
import { ItemMenu } from '../items/menu'
import { Presence, usePresence } from '../items/presence'
import type { ItemRow } from '../items/row'
import { useExport } from './export'
import { Import } from './import/import'
import type { Target } from './import/upload'
import { Description, Name } from './naming'

interface Props {
  target: Target
  /** The item, once it is known; null where there is none for the viewer any more. */
  head: (ItemRow & { description: string }) | null | undefined
  /** How many rows it has. */
  count: number | undefined
  about: ReactNode
  back: NonNullable<ComponentProps<typeof Page>['back']>
  /** What the way back says where the item is gone. */
  backFromGone: string
  /** The rows may be others now. */
  changed(): void
  tools: ReactNode
  /** The rows; what they are given opens the import. */
  children(importFile: () => void): ReactNode
}

/** The page of a list of rows. */
export function ListPage({ target, head, count, about, back, backFromGone, changed, tools, children }: Props) {
  const { t } = useTranslation('lists')
  const { collaborator } = useInsider()
  const [importing, { open, close }] = useDisclosure()
  const [give, giving] = useExport(target, head?.id ?? '', head?.name ?? '')
  const { people } = usePresence(head?.id ?? '', !head)
  const mayChange = head?.myLevel === 'EDIT'
  if (head === null)
    return (
      <Page title={back.label}>
        <Gone to={back.to} back={backFromGone} />
      </Page>
    )
  return (
    <Page
      title={head?.name ?? ''}
      heading={head ? <Name target={target} item={head} /> : <Skeleton h={26} w={200} my={4} />}
      about={about}
      back={back}
      actions={
        head && (
          <>
            <Presence people={people} />
            {collaborator.canExport && (
              <Button variant="default" leftSection={<IconDownload size={16} />} onClick={give} loading={giving} visibleFrom="md">
                {t('export')}
              </Button>
            )}
            {mayChange && (
              <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={open} visibleFrom="md">
                {t('import.open')}
              </Button>
            )}
            <ItemMenu item={head} changed={changed} here>
              {collaborator.canExport && (
                <Menu.Item leftSection={<IconDownload size={16} />} onClick={give} hiddenFrom="md">
                  {t('export')}
                </Menu.Item>
              )}
              {mayChange && (
                <Menu.Item leftSection={<IconFileImport size={16} />} onClick={open} hiddenFrom="md">
                  {t('import.open')}
                </Menu.Item>
              )}
            </ItemMenu>
          </>
        )
      }
      tools={
        <>
          {head && <Description target={target} item={head} />}
          {tools}
        </>
      }
    >
      {children(open)}
      {head && mayChange && (
        <Import target={target} id={head.id} name={head.name} count={count ?? 0} opened={importing} open={open} close={close} changed={changed} />
      )}
    </Page>
  )
}
