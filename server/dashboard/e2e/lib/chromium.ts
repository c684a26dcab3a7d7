// One Chromium for all files of stories.

import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { setting } from './control'

/** Starts it. It ends with vitest, which ends when the Go test does, however that ends. */
export default async function start(project: TestProject) {
  const server = await chromium.launchServer({
    executablePath: setting('PARTAGE_E2E_CHROMIUM'),
    args: [
      '--no-sandbox', // it shows nothing but our own pages, and root may not use one
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // pages of the demo's mails would load pictures from elsewhere
    ],
  })
  project.provide('chromium', server.wsEndpoint())
  process.stdin.resume().once('end', () => void server.close().finally(() => process.exit(1)))
  return async () => {
    process.stdin.destroy()
    await server.close()
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Playwright reaches Chromium. */
    chromium: string
  }
}
