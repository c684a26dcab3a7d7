import { Drawer, Text } from '@mantine/core'
import type { CombinedError } from '@urql/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Away } from '../../ui/away'
import { useConfirm } from '../../ui/confirm'
import { useFocusBack } from '../../ui/modal'
import { Opening } from '../../ui/opening'

interface Props<Row> {
  title: string
  /** What is said where the row is no more. */
  gone: string
  /** How reading it went. */
  reading: { data: unknown; error: CombinedError | undefined; refresh(): void }
  row: Row | undefined
  /** Its fields; they say whether anything is typed that is not saved. */
  children(row: Row, setDirty: (dirty: boolean) => void): ReactNode
  close(): void
}

/** All of one row, at the side of the table. What is typed is not left without asking. */
export function RowPanel<Row>({ title, gone, reading: { data, error, refresh }, row, children, close }: Props<Row>) {
  const { t } = useTranslation(['lists', 'frame'])
  const ask = useConfirm()
  useFocusBack()
  const [dirty, setDirty] = useState(false)
  const leave = async () => {
    if (!dirty || (await ask({ title: t('panel.discardTitle'), words: t('panel.discardWords'), yes: t('panel.discard'), danger: true }))) close()
  }
  return (
    <Drawer
      opened
      onClose={leave}
      position="right"
      size={440}
      overlayProps={{ backgroundOpacity: 0.25 }}
      title={title}
      closeButtonProps={{ 'aria-label': t('frame:close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {error && !row ? <Away error={error} again={refresh} /> : row ? children(row, setDirty) : data ? <Text size="sm">{gone}</Text> : <Opening />}
    </Drawer>
  )
}
