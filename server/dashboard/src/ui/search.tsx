import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './search.module.css'

interface Props {
  label: string
  value: string
  change(value: string): void
}

/** A field to search with: what is typed is searched for as soon as the typing rests. */
export function Search({ label, value, change }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => change(typed), 180)
    return () => clearTimeout(timer)
  }, [typed, value, change])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.8} />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('clear')} onClick={() => setTyped('')} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      data-mantine-stop-propagation={typed !== ''} // Escape clears the field, and does not close the window that it is in
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !typed) return
        event.stopPropagation()
        setTyped('')
      }}
      className={classes.search}
    />
  )
}
