import { useTranslation } from 'react-i18next'
import { useMutation } from 'urql'
import { graphql } from '../api/gql'
import { anyKept } from '../pages/editor/keep'
import { useConfirm } from '../ui/confirm'
import { useSentence } from '../ui/sentence'
import { failed } from '../ui/told'
import { forgetKept } from './kept'
import { useSession } from './session'

const LOG_OUT = graphql(`
  mutation LogOut {
    logOut {
      ended
    }
  }
`)

/** Returns a function that signs out in all windows, after a question where something unsaved would be lost. */
export function useLogOut() {
  const { t } = useTranslation()
  const { leave } = useSession()
  const sentence = useSentence()
  const ask = useConfirm()
  const [, logOut] = useMutation(LOG_OUT)
  return async () => {
    if (anyKept() && !(await ask({ title: t('person.unsavedTitle'), words: t('person.unsavedWords'), yes: t('person.logOut'), danger: true }))) return
    const { error } = await logOut({})
    if (error) return failed(sentence(error))
    forgetKept()
    leave()
  }
}
