import { Center, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A page that is being opened: nothing at first, so that what comes at once does not flicker. */
export function Opening() {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Center mih="60vh" aria-busy="true" role="status" aria-label={t('opening')}>
      {late && <Loader />}
    </Center>
  )
}
