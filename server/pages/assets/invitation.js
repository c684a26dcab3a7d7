// An invitation: who invites to what, and a way to accept it for each who may hold its link. The token stands
// behind the #, which no server sees.

import { ask, text } from './api.js'
import { device } from './device.js'
import { wire } from './form.js'

const element = (id) => document.getElementById(id)

const LINK = `query InvitationLink($token: String!) {
  invitationLink(token: $token) { accountName inviterName email firstName lastName role hasLogin }
}`
const WHO = 'query Who { viewer { user { email } } }'
const LOG_IN = 'mutation LogIn($input: LogInInput!) { logIn(input: $input) { errors { code message field } } }'
const ACCEPT = 'mutation AcceptInvitation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { code message field } } }'

const carrier = { carrier: 'COOKIE', device: device() }
const token = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

function show(id) {
  for (const section of document.querySelectorAll('.card')) section.hidden = section.id !== id
  if (id !== 'opening') document.querySelector(`#${id} h1`).focus()
}

/** Reads the link and shows what its holder can do with it. */
async function begin() {
  // Another language is the same page, with the same token.
  for (const link of document.querySelectorAll('.languages a')) link.hash = location.hash
  if (!token()) return show('spent')
  show('opening')
  try {
    const [{ invitationLink }, me] = await Promise.all([ask(LINK, { token: token() }), who()])
    present(invitationLink, me)
    show('invited')
  } catch (error) {
    show(error.code === 'NOT_FOUND' ? 'spent' : 'away')
  }
}

/** Returns the address of whoever is signed in, or nothing. */
async function who() {
  try {
    return (await ask(WHO)).viewer.user.email
  } catch (error) {
    if (error.code === 'UNAUTHENTICATED') return ''
    throw error
  }
}

function present({ accountName, inviterName, email, firstName, lastName, role, hasLogin }, me) {
  const theirs = me.toLowerCase() === email.toLowerCase()
  element('invited-heading').textContent = text('joinAccount', { account: accountName })
  element('invited-by').textContent = text(inviterName ? 'invitedBy' : 'invited', { inviter: inviterName, account: accountName })
  element('invited-role').textContent = text('yourRole', { role: text(`role.${role}`) })
  element('invited-other').hidden = !me || theirs
  element('invited-other').textContent = text('otherPerson', { me, email })
  const way = hasLogin ? (theirs ? 'join' : 'login') : 'new'
  for (const id of ['join', 'login', 'new']) element(`${id}-part`).hidden = id !== way
  element('join-as').textContent = text('signedInAs', { email: me })
  for (const input of document.querySelectorAll('input[name=email]')) input.value = email
  element('new-first').value = firstName
  element('new-last').value = lastName
}

/** Accepts, and goes to the account. Where the link has another holder than it had, the page begins anew. */
async function accept(values) {
  try {
    const { errors } = (await ask(ACCEPT, { input: { ...values, ...carrier, token: token() } })).acceptInvitation
    if (errors.length === 0) location.assign('/')
    return errors
  } catch (error) {
    if (!['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code)) throw error
    await begin()
    return []
  }
}

wire(element('join-form'), 'acceptInvitation', () => accept({}))
wire(element('new-form'), 'acceptInvitation', ({ firstName, lastName, password }) =>
  accept({ firstName, lastName, password, locale: document.body.dataset.locale }))
wire(element('login-form'), 'logIn', async ({ email, password }) => {
  const { errors } = (await ask(LOG_IN, { input: { email, password, ...carrier } })).logIn
  return errors.length ? errors : accept({})
})
element('again').addEventListener('click', begin)
addEventListener('hashchange', begin)
begin()
