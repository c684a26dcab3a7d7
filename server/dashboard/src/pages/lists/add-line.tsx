import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './quick-add.module.css'

interface Props {
  /** What is added. */
  label: string
  /** What can be done, for those who do not see it. */
  hint: string
  submit(event: FormEvent): void
  /** Opens the window that adds several lines. */
  several(text: string): void
  /** Why it was not added. */
  wrong: string | undefined
  /** That it was, and a way to see it. */
  added: string | undefined
  show(): void
  /** The fields; that with the address is described by `add-said`. */
  children: ReactNode
}

/** A line at the top of the table that adds a row, and below it what came of it. It keeps its height, whatever is said. */
export function AddLine({ label, hint, submit, several, wrong, added, show, children }: Props) {
  const { t } = useTranslation('lists')
  return (
    <form onSubmit={submit} className={classes.line} aria-label={label} noValidate>
      <Group gap="xs" wrap="nowrap">
        {children}
        <Button type="submit" size="xs" variant="light">
          {t('quick.add')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" className={classes.several} onClick={() => several('')}>
          {t('quick.several')}
        </Button>
      </Group>
      <div id="add-said" role="status" className={classes.said}>
        {wrong !== undefined ? (
          <Text size="xs" className={classes.wrong}>
            {wrong}
          </Text>
        ) : added !== undefined ? (
          <Text size="xs" c="dimmed">
            {added}{' '}
            <button type="button" className={classes.find} onClick={show}>
              {t('quick.show')}
            </button>
          </Text>
        ) : (
          <VisuallyHidden>{hint}</VisuallyHidden>
        )}
      </div>
    </form>
  )
}
