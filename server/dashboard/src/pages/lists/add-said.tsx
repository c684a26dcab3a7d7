import { Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './quick-add.module.css'

interface Props {
  /** Why it was not added. */
  wrong: string | undefined
  /** That it was. */
  added: string | undefined
  /** What can be done, for those who do not see it. */
  hint: string
  show(): void
}

/** Below a line that adds: what came of it. It keeps its height, whatever is said. */
export function AddSaid({ wrong, added, hint, show }: Props) {
  const { t } = useTranslation('lists')
  return (
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
  )
}
