import type { TFunction } from 'i18next'
import type { Values, Wrong } from './form'

/** What is wrong with what was typed, before the server is asked: fields that must be filled, an address, a new password. */
export function checks(t: TFunction<['guest', 'frame']>, values: Values, filled: string[]): Wrong[] {
  const wrong: Wrong[] = []
  for (const field of filled) if (!values[field]?.trim()) wrong.push({ field, message: t('wrong.empty') })
  const { email, newPassword } = values
  if (email?.trim() && !/^\S+@\S+\.\S+$/.test(email.trim())) wrong.push({ field: 'email', message: t('wrong.email') })
  if (newPassword && [...newPassword].length < 10) wrong.push({ field: 'newPassword', message: t('wrong.password') })
  return wrong
}

/** Has what the API says of its field `password` stand at the page's field for a new one. */
export function atNewPassword(errors: readonly Wrong[] | undefined): Wrong[] | undefined {
  return errors?.map((e) => (e.field === 'password' ? { ...e, field: 'newPassword' } : e))
}
