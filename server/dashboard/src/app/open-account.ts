import { useCallback } from 'react'
import { useAct } from '../api/act'
import { graphql } from '../api/gql'
import { device } from './device'
import { useSession } from './session'

const OPEN_ACCOUNT = graphql(`
  mutation OpenAccount($input: OpenAccountInput!) {
    openAccount(input: $input) {
      errors {
        message
      }
    }
  }
`)

/** Returns a function that opens another account of the person in all windows, without a password (S7), and says whether it did; and
 * whether that is under way. */
export function useOpenAccount() {
  const { renew } = useSession()
  const [open, opening] = useAct(OPEN_ACCOUNT)
  const choose = useCallback(
    async (account: string) => {
      const { done } = await open({ input: { account, carrier: 'COOKIE', device: device() } })
      if (done) renew()
      return done
    },
    [open, renew],
  )
  return [choose, opening] as const
}
