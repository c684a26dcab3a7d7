import type { CombinedError } from '@urql/core'
import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { PaletteQuery } from '../../api/gql/graphql'
import { PALETTE } from './queries'

/** How long typing rests before the server is asked. */
const rest = 120

/** What was found, and for what. */
export interface Found {
  of: string
  data?: PaletteQuery
  error?: CombinedError | undefined
}

/** Searches for what is typed. What was found before stays until the new answer is there; an answer that comes too late is dropped. */
export function useFound(typed: string): Found {
  const client = useClient()
  const [found, setFound] = useState<Found>({ of: '' })
  useEffect(() => {
    if (typed === '') {
      setFound({ of: '' })
      return
    }
    let end = () => {}
    const timer = setTimeout(() => {
      const { unsubscribe } = client.query(PALETTE, { search: typed }, { requestPolicy: 'network-only' }).subscribe(({ data, error }) => {
        setFound((before) => {
          const kept = data ?? (error ? undefined : before.data)
          return { of: typed, ...(kept && { data: kept }), error }
        })
      })
      end = unsubscribe
    }, rest)
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [client, typed])
  return found
}
