import { type ComponentType, lazy, Suspense, useState } from 'react'

/** Makes a component of a window that is fetched when it is first opened, and then stays, so that it can close as it opened. */
export function later<Props extends { opened: boolean }>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function Later(props: Props) {
    const [wanted, setWanted] = useState(props.opened)
    if (props.opened && !wanted) setWanted(true)
    if (!wanted) return null
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
