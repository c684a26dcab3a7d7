// What stands over any page within an account, and is in its address, so that "back" closes it and a link opens it.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazily } from '../ui/later'

const PropertiesWindow = lazily(async () => (await import('../pages/properties/window')).PropertiesWindow)

/** The properties of an item, where the address names one. An address that there is not names none. */
export function Over() {
  const properties = useSearch({ from: '/inside', shouldThrow: false })?.properties
  const navigate = useNavigate()
  if (properties === undefined) return null
  const close = () => void navigate({ to: '.', search: (before) => ({ ...before, properties: undefined }) })
  return (
    <Suspense>
      <PropertiesWindow key={properties} item={properties} close={close} />
    </Suspense>
  )
}
