import { holds } from '../../ui/fold'

interface Named {
  firstName: string
  lastName: string
  email: string
}

/** Whether somebody fits what is typed, as the server searches: each word stands somewhere in name or address. */
export function fits({ firstName, lastName, email }: Named, typed: string): boolean {
  return typed.split(/\s+/).every((word) => holds(`${firstName} ${lastName} ${email}`, word))
}
