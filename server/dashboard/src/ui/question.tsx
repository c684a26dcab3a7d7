import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from './modal'

/** A question before a deed. */
export interface Question {
  title: string
  words: ReactNode
  /** What the button says that does it: the deed, not "OK". */
  yes: string
  /** Whether something is lost by it. */
  danger?: boolean
}

interface Props {
  opened: boolean
  question: Question | undefined
  answer(yes: boolean): void
}

/** The window that asks. */
export function QuestionWindow({ opened, question, answer }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={() => answer(false)} title={question?.title} size="sm">
      <Stack gap="lg">
        <Text component="div" size="sm">
          {question?.words}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => answer(false)} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color={question?.danger ? 'red' : undefined} onClick={() => answer(true)}>
            {question?.yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
