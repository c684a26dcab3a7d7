// Asking before something that cannot be taken back.

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { later } from './later'
import type { Question } from './question'

const QuestionWindow = later(async () => (await import('./question')).QuestionWindow)

type Ask = (question: Question) => Promise<boolean>

const Asking = createContext<Ask | null>(null)

/** Shows the questions of all below it, one at a time. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>()
  const [open, setOpen] = useState(false)
  const answer = useRef<(yes: boolean) => void>(undefined)
  const ask = useCallback<Ask>(
    (asked) =>
      new Promise((resolve) => {
        answer.current?.(false)
        answer.current = resolve
        setQuestion(asked)
        setOpen(true)
      }),
    [],
  )
  const end = (yes: boolean) => {
    answer.current?.(yes)
    answer.current = undefined
    setOpen(false) // the words stay while the window closes
  }
  return (
    <Asking value={ask}>
      {children}
      <QuestionWindow opened={open} question={question} answer={end} />
    </Asking>
  )
}

/** Returns a function that asks, and says whether the answer was yes. */
export function useConfirm(): Ask {
  const ask = useContext(Asking)
  if (!ask) throw new Error('there is no ConfirmProvider above')
  return ask
}
