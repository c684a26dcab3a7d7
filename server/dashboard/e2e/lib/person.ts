// Someone in front of a browser.

import { writeFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { Requests } from './requests'
import { cookieName } from './sessions'
import type { World } from './world'

/** What someone's computer is like. */
export interface Look {
  /** The browser's language; English where left out. */
  locale?: 'en-GB' | 'fr-FR'
  colorScheme?: 'light' | 'dark'
  /** In pixels; 1280 × 800 where left out, and 360 × 740 where narrow. */
  viewport?: { width: number; height: number }
  narrow?: boolean
}

/** Someone with a browser of their own, and one page in it. */
export class Person {
  /** What pages complained of since the story began: errors, what the content security policy refused, failures of the server. */
  readonly troubles: string[] = []
  /** The GraphQL requests of their pages since the story began. */
  readonly requests = new Requests()
  #world: World
  #look: Look
  #cookie: string | undefined
  #context: BrowserContext | undefined
  #page: Page | undefined
  #forgiven: RegExp[] = []

  constructor(
    world: World,
    readonly name: string,
    look: Look,
    cookie?: string,
  ) {
    this.#world = world
    this.#look = look
    this.#cookie = cookie
  }

  /** Their first page. */
  get page(): Page {
    if (!this.#page) throw new Error(`${this.name} is not there`)
    return this.#page
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  /** Opens an address of the dashboard, or a whole one. */
  async goto(path: string): Promise<Page> {
    await this.page.goto(path.startsWith('/') ? this.#world.url + path : path)
    return this.page
  }

  /** Another window of the same browser. */
  async window(path: string): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(this.#world.url + path)
    return page
  }

  /** Says that a complaint is meant to come in this story. */
  forgive(complaint: RegExp) {
    this.#forgiven.push(complaint)
  }

  /** Begins a story anew for someone who stays. */
  forget() {
    this.troubles.length = 0
    this.#forgiven = []
    this.requests.clear()
  }

  async enter(browser: Browser) {
    const { narrow, viewport, locale = 'en-GB', colorScheme = 'light' } = this.#look
    this.#context = await browser.newContext({
      viewport: viewport ?? (narrow ? { width: 360, height: 740 } : { width: 1280, height: 800 }),
      locale,
      colorScheme,
      timezoneId: 'Europe/Paris',
      reducedMotion: 'reduce',
    })
    this.#context.setDefaultTimeout(15_000)
    this.#context.on('page', (page) => this.#watch(page))
    if (this.#cookie) await this.#context.addCookies([{ name: cookieName, value: this.#cookie, url: this.#world.url, httpOnly: true, sameSite: 'Lax' }])
    this.#page = await this.#context.newPage()
  }

  /** Puts the browser of someone who stays back in order: one page, online. */
  async tidy() {
    await this.context.setOffline(false)
    await Promise.all(
      this.context
        .pages()
        .slice(1)
        .map((p) => p.close()),
    )
  }

  async leave() {
    await this.#context?.close()
  }

  /** Writes what their pages show to files that begin so, and returns the names of these. */
  async keep(name: string): Promise<string[]> {
    const kept: string[] = []
    for (const [i, page] of this.context.pages().entries()) {
      const file = i === 0 ? name : `${name}-window-${i + 1}`
      try {
        await page.screenshot({ path: `${file}.png` })
        const shown = await page.locator('body').ariaSnapshot()
        await writeFile(`${file}.txt`, `${page.url()}\n${this.troubles.join('\n')}\n${this.requests.names().join(' ')}\n\n${shown}\n`)
        kept.push(`${file}.png`, `${file}.txt`)
      } catch {
        // a page that has crashed shows nothing
      }
    }
    return kept
  }

  #watch(page: Page) {
    this.requests.watch(page)
    const complain = (trouble: string) => {
      if (!this.#forgiven.some((f) => f.test(trouble))) this.troubles.push(trouble)
    }
    page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error.message}`))
    page.on('crash', () => complain('the page has crashed'))
    page.on('console', (message) => {
      const { url } = message.location()
      const elsewhere = (url.startsWith('http') && !url.startsWith(this.#world.url)) || url === 'about:srcdoc' // what mails ask for
      const refused = url.endsWith('/graphql') && /status of 4\d\d/.test(message.text()) // the page is to say it, and how is the story's matter
      if (message.type() === 'error' && !elsewhere && !refused) complain(`${message.text()} (${url})`)
    })
  }
}
