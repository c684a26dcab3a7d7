// Short words at the edge of the window about what was just done.

import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

const closing = () => ({ closeButtonProps: { 'aria-label': i18next.t('close') } })

/** Says that something was done. */
export function told(message: string) {
  notifications.show({ message, autoClose: 5_000, ...closing() })
}

/** Says what was done, and offers to take it back for as long as it can be read at leisure. */
export function toldUndo(message: string, undoWord: string, undo: () => void) {
  const id = notifications.show({
    ...closing(),
    autoClose: 12_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          flex="none"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {undoWord}
        </Button>
      </Group>
    ),
  })
}

/** Says what could not be done, for long enough to be read. */
export function failed(message: string) {
  notifications.show({ message, color: 'red', autoClose: 12_000, role: 'alert', ...closing() })
}
