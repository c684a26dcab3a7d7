import { Modal as Mantine, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A window over the page. Once it is gone, the focus is where it was before. */
export function Modal(props: ModalProps) {
  const { t } = useTranslation()
  useFocusBack()
  return <Mantine closeButtonProps={{ 'aria-label': t('close') }} {...props} />
}

/** Gives the focus back once its component is gone. Mantine does so only where a window was drawn before it was opened. */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement) // when it is drawn first: a field of its own may ask for the focus at once
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus({ preventScroll: true })
      })
    },
    [before],
  )
}
