// Forms: checks before sending, errors beside their fields, one submission at a time.

import { sentence, text } from './api.js'

/**
 * Has a form send its values with `send`, which returns the errors of the mutation's payload. `operation` is
 * the mutation's name, after which sentences are chosen. `refused`, if given, may take an error that has no
 * field in the form and return true.
 */
export function wire(form, operation, send, refused = () => false) {
  const button = form.querySelector('button[type=submit]')
  const label = button.textContent
  button.disabled = false // until now the browser would have sent the form itself
  for (const input of form.querySelectorAll('input[type=password]')) addToggle(input)
  for (const input of form.elements) input.addEventListener?.('input', () => clear(input))

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.ariaDisabled === 'true') return
    reset(form)
    const inputs = [...form.querySelectorAll('input')]
    for (const input of inputs) {
      const wrong = mistake(input)
      if (wrong) blame(input, wrong)
    }
    if (focusFirst(form)) return

    button.ariaDisabled = 'true'
    button.textContent = text('working')
    try {
      const values = Object.fromEntries(inputs.map((input) => [input.name, input.value]))
      for (const error of await send(values)) {
        const input = error.field && form.elements.namedItem(error.field)
        if (input) blame(input, worded(operation, error))
        else if (!refused(error)) alarm(form, worded(operation, error))
      }
    } catch (error) {
      alarm(form, sentence(error))
    } finally {
      button.ariaDisabled = 'false'
      button.textContent = label
    }
    focusFirst(form)
  })
}

/** Shows a sentence above the form. */
export function alarm(form, words) {
  const alert = form.querySelector('.alert')
  alert.textContent = words
  alert.hidden = false
}

function worded(operation, error) {
  if (document.documentElement.lang === 'en') return error.message
  return text(`error.${operation}.${error.field}.${error.code}`) ?? text(`error.${error.field}.${error.code}`) ?? error.message
}

function mistake(input) {
  const { validity, value } = input
  if (validity.valueMissing || (input.required && input.type !== 'password' && !value.trim())) return text('invalid.missing')
  if (validity.typeMismatch) return text('invalid.email')
  const length = [...value].length
  if (input.minLength > 0 && length < input.minLength) return text('invalid.short', { min: input.minLength, length })
  return ''
}

function blame(input, words) {
  const error = input.closest('.field').querySelector('.error')
  error.id ||= `${input.id}-error`
  error.textContent = words
  error.hidden = false
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-errormessage', error.id)
  describe(input, error.id, true)
}

function clear(input) {
  if (input.getAttribute?.('aria-invalid') !== 'true') return
  const error = input.closest('.field').querySelector('.error')
  error.hidden = true
  input.removeAttribute('aria-invalid')
  input.removeAttribute('aria-errormessage')
  describe(input, error.id, false)
}

function describe(input, id, add) {
  const ids = new Set((input.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean))
  if (add) ids.add(id)
  else ids.delete(id)
  input.setAttribute('aria-describedby', [...ids].join(' '))
}

function reset(form) {
  form.querySelector('.alert').hidden = true
  for (const input of form.querySelectorAll('input')) clear(input)
}

function focusFirst(form) {
  const first = form.querySelector('[aria-invalid=true]')
  first?.focus()
  return Boolean(first)
}

/** Puts a button into a password's field that shows what is typed. */
function addToggle(input) {
  const { form } = input
  const frame = document.createElement('div')
  frame.className = 'secret'
  input.replaceWith(frame)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.setAttribute('aria-controls', input.id)
  const show = (visible) => {
    input.type = visible ? 'text' : 'password'
    button.textContent = text(visible ? 'hide' : 'show')
    button.ariaLabel = text(visible ? 'hidePassword' : 'showPassword')
  }
  button.addEventListener('click', () => {
    show(input.type === 'password')
    input.focus()
  })
  form.addEventListener('submit', () => show(false), { capture: true })
  input.spellcheck = false
  input.autocapitalize = 'none'
  frame.append(input, button)
  show(false)
}
