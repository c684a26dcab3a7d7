// What a recipient would get of the text as it stands here, saved or not.

import { Client, type CombinedError, fetchExchange } from '@urql/core'
import { useEffect, useRef, useState } from 'react'
import { clientHeader, codeOf } from '../../api/client'
import { graphql } from '../../api/gql'
import type { PreviewDraftInput, PreviewDraftQuery } from '../../api/gql/graphql'
import { passing } from '../../api/live'

const PREVIEW = graphql(`
  query PreviewDraft($input: PreviewDraftInput!) {
    previewDraft(input: $input) {
      subject
      html
      remarks {
        field
        line
        message
        blocks
      }
    }
  }
`)

type Shown = PreviewDraftQuery['previewDraft']
export type Remark = Shown['remarks'][number]

/** A preview of each word that is typed is of no use to a cache. */
const uncached = new Client({
  url: '/graphql',
  preferGetMethod: false,
  fetchOptions: { credentials: 'same-origin', cache: 'no-store', headers: clientHeader },
  exchanges: [fetchExchange],
})

export interface Preview {
  /** The last that could be made. */
  shown: Shown | undefined
  /** What the author should know; of what cannot be shown, why. */
  remarks: readonly Remark[]
  /** Why the server could not be asked. */
  error: CombinedError | undefined
  /** Whether the text could not be made into a mail; the remarks say why. */
  mistaken: boolean
  /** Whether what is shown is of an older text. */
  old: boolean
}

interface State extends Omit<Preview, 'old'> {
  /** The input that is shown. */
  of: string
}

/** Shows the text whenever the typing rests, and as soon as the server can be reached. */
export function usePreview(input: PreviewDraftInput): Preview {
  const [state, setState] = useState<State>({ shown: undefined, remarks: [], error: undefined, mistaken: false, of: '' })
  const wanted = JSON.stringify(input)
  const first = useRef(true)
  useEffect(() => {
    let over = false
    let timer: number
    let patience = 1_000 // before asking again where the server did not answer, in milliseconds
    const ask = async () => {
      const { data, error } = await uncached.query(PREVIEW, { input: JSON.parse(wanted) as PreviewDraftInput }).toPromise()
      if (over) return
      setState((before) => {
        const mistake = error && mistakeIn(error)
        return {
          shown: data?.previewDraft ?? before.shown,
          remarks: data?.previewDraft.remarks ?? (mistake ? [mistake] : before.remarks),
          error: mistake ? undefined : error,
          mistaken: error ? mistake !== undefined : false,
          of: error ? '' : wanted,
        }
      })
      if (!error || !passing(error)) return
      timer = window.setTimeout(ask, patience)
      patience = Math.min(2 * patience, 30_000)
    }
    timer = window.setTimeout(ask, first.current ? 0 : 450)
    first.current = false
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [wanted])
  const { of, ...rest } = state
  return { ...rest, old: of !== wanted }
}

/** A mistake in the text as a remark that keeps it from being sent; undefined where the text is not at fault. */
function mistakeIn(error: CombinedError): Remark | undefined {
  const field = error.graphQLErrors[0]?.extensions?.field
  if (codeOf(error) !== 'BAD_USER_INPUT' || typeof field !== 'string') return undefined
  const message = error.graphQLErrors[0]?.message ?? ''
  const [, line, rest] = /^Line (\d+): (.*)$/s.exec(message) ?? [undefined, '1', message]
  return { field: field.replace(/^.*\./, ''), line: Number(line), message: rest ?? message, blocks: true }
}
