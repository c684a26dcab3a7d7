// Changing things: every mutation of the API answers either with what it made or with what a person can mend.

import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useCallback } from 'react'
import { useMutation } from 'urql'
import { useSentence } from '../ui/sentence'
import { failed } from '../ui/told'

/** What a person can mend. */
export interface Problem {
  message: string
  field?: string | null | undefined
}

/** What came of it: what the API answered, or why it did nothing. */
export type Outcome<Payload> = { done: true; payload: Payload } | { done: false; problems: Problem[] }

interface Options {
  /** Whether the caller shows the problems itself, beside the fields they are of. They are told at the edge of the window otherwise. */
  quiet?: boolean
}

/** Returns a function that runs a mutation with one payload, and whether it is running. */
export function useAct<Data extends object, Variables extends AnyVariables>(mutation: TypedDocumentNode<Data, Variables>, { quiet }: Options = {}) {
  const [{ fetching }, execute] = useMutation(mutation)
  const sentence = useSentence()
  const act = useCallback(
    async (variables: Variables): Promise<Outcome<PayloadOf<Data>>> => {
      const { data, error } = await execute(variables)
      const payload = data ? Object.entries(data).find(([name]) => name !== '__typename')?.[1] : undefined
      const problems: Problem[] = error ? [{ message: sentence(error) }] : (payload?.errors ?? [])
      if (problems.length === 0 && payload) return { done: true, payload }
      if (!quiet) failed(problems.map((p) => p.message).join(' '))
      return { done: false, problems }
    },
    [execute, sentence, quiet],
  )
  return [act, fetching] as const
}

type PayloadOf<Data> = Data[Exclude<keyof Data, '__typename'>]
