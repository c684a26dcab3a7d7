// A server of a file's own, and the people in front of it.

import { basename, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, inject, type TestContext } from 'vitest'
import { control, setting } from './control'
import { Desktop } from './desktop'
import { type Look, Person } from './person'
import { Sessions } from './sessions'

/**
 * What the server has: nothing; the demo's account with its owner Anna, its manager Bruno and its member Chloé; or that with
 * 100,000 campaigns more, "Campaign 000001" and so on, and the list "Everyone" of 100,000 contacts.
 */
export type Data = 'empty' | 'demo' | 'crowd'

/** Gives a file a server, from its first story to its last. */
export function useWorld(data: Data = 'demo'): World {
  const world = new World(data)
  beforeAll(({}, { file }) => world.begin(file.name))
  beforeEach(() => world.storyBegins())
  afterEach((context) => world.storyEnds(context))
  afterAll(() => world.end())
  return world
}

// One connection to Chromium serves all files that a worker runs.
let browser: Promise<Browser> | undefined

/** A server. All of it may be used from the first `beforeAll` on. */
export class World {
  /** Where it is, without a slash at its end. */
  url = ''
  #name = ''
  #sessions = new Sessions(this)
  #inStory = false
  #down = false
  #kept: Person[] = []
  #visitors: Person[] = []
  #desktops: Desktop[] = []

  constructor(readonly data: Data) {}

  /**
   * Someone who is logged in: "anna", "bruno", "chloe", or an address. With a browser context of their own, which ends with the
   * story; that of someone who came in `beforeAll` ends with the file. They read the language of their look.
   */
  async person(who: string, look: Look = {}): Promise<Person> {
    const cookie = await this.#sessions.cookie(who)
    await this.#sessions.speak(who, look.locale === 'fr-FR' ? 'FR' : 'EN')
    return this.#enter(new Person(this, who, look, cookie))
  }

  /** Someone whom nobody knows. */
  guest(look: Look = {}): Promise<Person> {
    return this.#enter(new Person(this, 'guest', look))
  }

  /** Has someone leave before the file ends. */
  async dismiss(person: Person) {
    this.#kept = this.#kept.filter((p) => p !== person)
    await person.leave()
  }

  /** Asks the API as someone, and fails where it answers with an error, of GraphQL or in a payload. */
  ask<Answer = Record<string, never>>(who: string, query: string, variables?: Record<string, unknown>): Promise<Answer> {
    return this.#sessions.ask<Answer>(who, query, variables)
  }

  /** Makes a login, with the password of everyone else, and an account of its own. */
  async signUp(person: { email: string; accountName: string; firstName?: string; lastName?: string }) {
    await this.#sessions.signUp({ firstName: 'Someone', lastName: 'Else', ...person })
  }

  /** Makes a login for someone who is invited, with the password of everyone else, and has them join. */
  async joins(email: string) {
    await this.#sessions.accept(await this.link(email))
  }

  /** Forgets the session of someone, so that they log in anew when they come next; after it was ended. */
  forget(who: string) {
    this.#sessions.forget(who)
  }

  /** The link in the newest mail to an address. */
  async link(to: string): Promise<string> {
    const mails = await control<{ text: string }[]>('GET', `/worlds/${this.#name}/mails?to=${encodeURIComponent(to)}`)
    const link = mails[0]?.text.match(/https?:\/\/\S+/)?.[0]
    if (!link) throw new Error(`there is no mail with a link to ${to}`)
    return link
  }

  /** A computer on which someone's account is followed by the sync client. */
  async desktop(who: string): Promise<Desktop> {
    const desktop = await Desktop.start(this, who)
    this.#desktops.push(desktop)
    return desktop
  }

  /** Cuts the line to the server: who is connected is cut off, and nobody gets through. */
  cut(): Promise<void> {
    this.#down = true
    return control('POST', `/worlds/${this.#name}/cut`)
  }

  /** Mends the line. */
  mend(): Promise<void> {
    this.#down = false
    return control('POST', `/worlds/${this.#name}/mend`)
  }

  /** Puts the server's clock forward: "90m", "48h". */
  later(by: string): Promise<void> {
    return control('POST', `/worlds/${this.#name}/later?by=${by}`)
  }

  /** Asks or changes the server's database in SQL, for what the API has no way to: mails that were sent, very many people. */
  sql<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return control<Row[]>('POST', '/sql', { world: this.#name, statement, values })
  }

  async begin(file: string) {
    const { name, url } = await control<{ name: string; url: string }>('POST', '/worlds', { file: basename(file, '.story.ts'), data: this.data })
    this.#name = name
    this.url = url
  }

  storyBegins() {
    this.#inStory = true
    for (const person of this.#kept) person.forget()
  }

  /** Fails the story where a page has complained, and keeps what the pages of one that failed show. */
  async storyEnds({ task }: TestContext) {
    const all = [...this.#kept, ...this.#visitors]
    const troubles = all.flatMap((p) => p.troubles.map((t) => `${p.name}: ${t}`))
    if (troubles.length > 0 || task.result?.state === 'fail') {
      const place = join(setting('PARTAGE_E2E_FAILURES'), `${this.#name}-${task.name.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 60)}`)
      task.meta.seen = (await Promise.all(all.map((p, i) => p.keep(`${place}-${i + 1}-${p.name}`)))).flat()
    }
    this.#inStory = false
    if (this.#down) await this.mend()
    await Promise.all(this.#kept.map((p) => p.tidy()))
    await Promise.all(this.#visitors.splice(0).map((p) => p.leave()))
    if (troubles.length > 0) throw new Error(`A page complained:\n${troubles.join('\n')}`)
  }

  async end() {
    await Promise.all([...this.#kept.splice(0), ...this.#visitors.splice(0)].map((p) => p.leave()))
    await Promise.all(this.#desktops.splice(0).map((d) => d.end()))
    if (this.#name) await control('DELETE', `/worlds/${this.#name}`)
  }

  async #enter(person: Person): Promise<Person> {
    browser ??= chromium.connect(inject('chromium'))
    await person.enter(await browser)
    ;(this.#inStory ? this.#visitors : this.#kept).push(person)
    return person
  }
}
