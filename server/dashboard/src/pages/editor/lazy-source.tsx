import { Suspense } from 'react'
import { lazily } from '../../ui/later'
import { Opening } from '../../ui/opening'
import type { SourceProps } from './source'

const Source = lazily(async () => (await import('./source')).default)

/** The source of a mail; CodeMirror is fetched for the first one. */
export function LazySource(props: SourceProps) {
  return (
    <Suspense fallback={<Opening />}>
      <Source {...props} />
    </Suspense>
  )
}
