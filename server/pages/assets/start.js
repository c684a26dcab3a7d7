// The start page: logging in and signing up for a guest, accounts and ways to go on for a person.

import { ask, sentence, text } from './api.js'
import { device } from './device.js'
import { wire } from './form.js'

const element = (id) => document.getElementById(id)

const VIEWER = `query StartPage {
  viewer {
    user { email firstName lastName }
    account { id }
    accounts { account { id name } role lastVisitAt }
  }
}`
const LOG_IN = 'mutation LogIn($input: LogInInput!) { logIn(input: $input) { errors { code message field } } }'
const SIGN_UP = 'mutation SignUp($input: SignUpInput!) { signUp(input: $input) { errors { code message field } } }'
const OPEN = 'mutation OpenAccount($input: OpenAccountInput!) { openAccount(input: $input) { errors { message } } }'
const LOG_OUT = 'mutation LogOut { logOut { ended } }'

const carrier = { carrier: 'COOKIE', device: device() }

/** Shows the page for whoever is signed in, and for a guest otherwise. */
async function load({ focus = false } = {}) {
  let shown = 'person'
  try {
    showPerson((await ask(VIEWER)).viewer)
  } catch (error) {
    shown = error.code === 'UNAUTHENTICATED' ? 'guest' : 'away'
  }
  for (const id of ['guest', 'person', 'away']) element(id).hidden = id !== shown
  if (shown === 'guest') showForm()
  if (shown === 'person' && focus) element('greeting').focus()
}

/** Shows the form that the address names: #sign-up, or else logging in. */
function showForm() {
  const signUp = element('sign-up')
  const wanted = signUp && location.hash === '#sign-up' ? signUp : element('log-in')
  element('log-in').hidden = wanted !== element('log-in')
  if (signUp) signUp.hidden = wanted !== signUp
}

function showPerson({ user, account, accounts }) {
  element('greeting').textContent = text('hello', { name: user.firstName })
  element('signed-in-as').textContent = text('signedInAs', { email: user.email })
  element('accounts').replaceChildren(...accounts.map((choice) => accountRow(choice, account?.id)))
  element('no-accounts').hidden = accounts.length > 0
  element('accounts-hint').hidden = accounts.length < 2 && Boolean(account)
  element('next').hidden = !account
  const commands = element('commands')
  const program = 'go run ./syncclient/cmd/partage-sync'
  commands.textContent = `${program} login --server ${commands.dataset.server} --email ${user.email}\n${program} run`
}

function accountRow({ account, role, lastVisitAt }, current) {
  const row = element('account').content.cloneNode(true)
  const button = row.querySelector('button')
  row.querySelector('.account-name').textContent = account.name
  row.querySelector('.account-about').textContent = `${text(`role.${role}`)} · ${visited(lastVisitAt)}`
  if (account.id === current) {
    button.setAttribute('aria-current', 'true')
    row.querySelector('.badge').hidden = false
  }
  button.addEventListener('click', () => open(account.id, current))
  return row
}

function visited(when) {
  if (!when) return text('neverVisited')
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })
  return text('visited', { when: format.format(new Date(when)) })
}

async function open(account, current) {
  if (account === current) return
  await attempt(async () => {
    const { errors } = (await ask(OPEN, { input: { account, ...carrier } })).openAccount
    if (errors.length) throw new Error(errors[0].message)
  })
}

/** Does something and shows the page anew, or why it did not work. */
async function attempt(action) {
  const alert = element('home-alert')
  alert.hidden = true
  try {
    await action()
    await load({ focus: true })
  } catch (error) {
    if (error.code === 'UNAUTHENTICATED') return load()
    alert.textContent = error.code ? sentence(error) : error.message
    alert.hidden = false
  }
}

function began(errors) {
  if (errors.length === 0) {
    history.replaceState(null, '', '/')
    return load({ focus: true }).then(() => errors)
  }
  return errors
}

wire(element('log-in-form'), 'logIn', async (values) => began((await ask(LOG_IN, { input: { ...values, ...carrier } })).logIn.errors))
if (element('sign-up-form')) {
  wire(element('sign-up-form'), 'signUp', async (values) => {
    const input = { ...values, ...carrier, locale: document.body.dataset.locale }
    return began((await ask(SIGN_UP, { input })).signUp.errors)
  })
}
element('log-out').addEventListener('click', () => attempt(() => ask(LOG_OUT)))
element('again').addEventListener('click', () => load())
for (const button of document.querySelectorAll('.copy')) {
  const label = button.textContent
  button.hidden = !navigator.clipboard // which pages get over https and on the same machine only
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(element(button.dataset.copies).textContent)
    button.textContent = text('copied')
    button.addEventListener('blur', () => { button.textContent = label }, { once: true })
  })
}
addEventListener('hashchange', () => {
  if (element('guest').hidden) return
  showForm()
  document.querySelector('.card:not([hidden]) input').focus()
})
load()
