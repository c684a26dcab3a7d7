// Asks for the link that sets a new password. The answer tells nothing of whether the address is known.

import { ask } from './api.js'
import { wire } from './form.js'

const ASK = 'mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { errors { code message field } } }'

wire(document.getElementById('forgot-form'), 'requestPasswordReset', async (input) => {
  const { errors } = (await ask(ASK, { input })).requestPasswordReset
  if (errors.length === 0) {
    document.getElementById('ask').hidden = true
    const asked = document.getElementById('asked')
    asked.hidden = false
    asked.querySelector('h1').focus()
  }
  return errors
})
