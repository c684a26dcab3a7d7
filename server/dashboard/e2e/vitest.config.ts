// How vitest runs the stories and the unit tests. The Go test of this folder starts it (run_test.go).

import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { Teller } from './lib/reporter'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['e2e/*.story.ts', 'e2e/shots/shots.ts', 'src/**/*.test.ts'],
    globalSetup: ['e2e/lib/chromium.ts'],
    reporters: [new Teller()],
    // A file waits for its server and for Chromium more than it computes, so there is one more of them than cores.
    maxWorkers: availableParallelism() + 1,
    pool: 'threads',
    isolate: false, // files share no state, and need not load Playwright anew
    cache: false,
    allowOnly: !process.env.CI,
    retry: process.env.CI ? 1 : 0, // a story that passes then is named at the end of the run
    testTimeout: 60_000,
    hookTimeout: 120_000, // the first file that wants a crowd waits until it is there
    expect: { poll: { timeout: 10_000, interval: 25 } },
  },
})
