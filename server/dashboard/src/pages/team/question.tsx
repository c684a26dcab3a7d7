import { Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  title: string
  close(): void
  children: ReactNode
}

/** A question over a window that stays open below it. */
export function Question({ title, close, children }: Props) {
  return (
    <Modal.Root opened onClose={close} zIndex={300} size="md" centered padding="lg">
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content>
        <Modal.Body pt="lg">
          <Stack gap="md">
            <Modal.Title fw={650}>{title}</Modal.Title>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
