import { lazy, Suspense } from 'react'
import { Opening } from '../../ui/opening'
import type { SourceProps } from './source'

const Source = lazy(() => import('./source'))

/** The source of a mail; CodeMirror is fetched for the first one. */
export function LazySource(props: SourceProps) {
  return (
    <Suspense fallback={<Opening />}>
      <Source {...props} />
    </Suspense>
  )
}
