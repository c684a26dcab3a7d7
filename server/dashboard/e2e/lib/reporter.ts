// Tells the Go test what became of each story, a file at a time.

import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { control } from './control'

/** Passes results on. */
export class Teller implements Reporter {
  async onTestModuleEnd(module: TestModule) {
    await control('POST', '/results', {
      file: module.moduleId,
      errors: module.errors().map(told),
      stories: [...module.children.allTests()].map(story),
    })
  }

  onUserConsoleLog({ content }: { content: string }) {
    process.stdout.write(content)
  }
}

function story(test: TestCase) {
  const { state, errors } = test.result()
  const { seen } = test.meta()
  return {
    name: test.fullName.replaceAll(' > ', ': '),
    state,
    errors: [...(errors ?? []).map(told), ...(seen?.length ? [`What the pages showed:\n${seen.join('\n')}`] : [])],
    seconds: (test.diagnostic()?.duration ?? 0) / 1_000,
    unsteady: test.diagnostic()?.flaky ?? false,
  }
}

function told({ message, stack }: { message?: string; stack?: string }): string {
  const places = (stack ?? '').split('\n').filter((line) => /^\s+at .*\/(e2e|src)\//.test(line))
  return [message ?? stack ?? 'an error without words', ...places].join('\n')
}

declare module 'vitest' {
  interface TaskMeta {
    /** Files that show what was on the pages when the story failed. */
    seen?: string[]
  }
}
