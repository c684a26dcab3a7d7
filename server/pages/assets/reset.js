// Sets a new password with the token of a link. The token stands behind the #, which no server sees.

import { ask } from './api.js'
import { wire } from './form.js'

const SET = 'mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { done errors { code message field } } }'

const token = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

function show(id) {
  for (const section of document.querySelectorAll('.card')) section.hidden = section.id !== id
  if (id !== 'set') document.querySelector(`#${id} h1`).focus()
}

function begin() {
  show(token() ? 'set' : 'spent')
  // Another language is the same page, with the same token.
  for (const link of document.querySelectorAll('.languages a')) link.hash = location.hash
}

wire(
  document.getElementById('reset-form'),
  'resetPassword',
  async ({ newPassword }) => {
    const { done, errors } = (await ask(SET, { input: { token: token(), newPassword } })).resetPassword
    if (done) {
      history.replaceState(null, '', location.pathname)
      show('done')
    }
    return errors
  },
  (error) => {
    if (error.field !== 'token') return false
    show('spent')
    return true
  },
)
addEventListener('hashchange', begin)
begin()
