import { type ComponentType, lazy, Suspense, useState } from 'react'
import { fetchPart } from '../api/part'

/** Makes a component that is fetched when it is first drawn, within a Suspense. */
export function lazily<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await fetchPart(load) }))
}

/** Makes a component of a window that is fetched when it is first opened, and then stays, so that it can close as it opened. */
export function later<Props extends { opened: boolean }>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = lazily(load)
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
