// The API, asked without a browser: to log people in, and to arrange what a story is about.

import type { World } from './world'

/** The password of everyone in the demo. */
export const password = 'partage-demo'

/** The address of someone: of the demo's people by their first names. */
export const addressOf = (who: string) => (who.includes('@') ? who : `${who}@demo.example`)

/** The sessions of a server's people, one each. */
export class Sessions {
  #world: World
  #cookies = new Map<string, Promise<string>>()

  constructor(world: World) {
    this.#world = world
  }

  /** The value of the cookie of someone's session, which is begun the first time. */
  cookie(who: string): Promise<string> {
    const email = addressOf(who)
    const known = this.#cookies.get(email) ?? this.#logIn(email)
    this.#cookies.set(email, known)
    return known
  }

  forget(who: string) {
    this.#cookies.delete(addressOf(who))
  }

  /** Has the pages speak a language to someone. */
  async speak(who: string, locale: 'EN' | 'FR') {
    const { viewer } = await this.ask<{ viewer: { user: { locale: string } } }>(who, '{ viewer { user { locale } } }')
    if (viewer.user.locale === locale) return
    await this.ask(who, 'mutation($input: ChangeMeInput!) { changeMe(input: $input) { errors { message } } }', { input: { locale } })
  }

  async signUp(person: { email: string; accountName: string; firstName: string; lastName: string }) {
    await this.#post(`mutation($input: SignUpInput!) { signUp(input: $input) { errors { message } } }`, { input: { ...person, password } }, {})
  }

  /** Accepts an invitation by its link. */
  async accept(link: string) {
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token')
    await this.#post(`mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { message } } }`, { input: { token, password } }, {})
  }

  async ask<Answer>(who: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const { data } = await this.#post<Answer>(query, variables, { cookie: `${cookieName}=${await this.cookie(who)}` })
    return data
  }

  async #logIn(email: string): Promise<string> {
    const log = `mutation($input: LogInInput!) { logIn(input: $input) { errors { message } } }`
    const { headers } = await this.#post(log, { input: { email, password, carrier: 'COOKIE' } })
    const cookie = headers
      .getSetCookie()
      .join()
      .match(new RegExp(`${cookieName}=([^;]+)`))?.[1]
    if (!cookie) throw new Error(`${email} was given no session`)
    return cookie
  }

  async #post<Answer>(query: string, variables: Record<string, unknown>, more: Record<string, string> = {}) {
    const answer = await fetch(`${this.#world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'partage-client': 'e2e', ...more },
      body: JSON.stringify({ query, variables }),
    })
    const text = await answer.text()
    const said: { data: Answer; errors?: unknown[] } = JSON.parse(text)
    const payloads: ({ errors?: unknown[] } | null)[] = Object.values(said.data ?? {})
    if ([said, ...payloads].some((s) => s?.errors?.length)) throw new Error(`${query}\nwas answered ${text}`)
    return { data: said.data, headers: answer.headers }
  }
}

/** The cookie of sessions. */
export const cookieName = 'partage_session'
