import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from './empty'

interface Props {
  /** The list it was in. */
  to: LinkProps['to']
  /** What the way back says. */
  back: string
  /** What else there is to say. */
  words?: string | undefined
}

/** Stands in place of an item that was deleted or is no longer shared with the viewer: which of the two is not theirs to know. */
export function Gone({ to, back, words }: Props) {
  const { t } = useTranslation()
  return (
    <Empty icon={IconEyeOff} title={t('gone.title')} words={words ? `${t('gone.words')} ${words}` : t('gone.words')}>
      <Button component={Link} to={to}>
        {back}
      </Button>
    </Empty>
  )
}
