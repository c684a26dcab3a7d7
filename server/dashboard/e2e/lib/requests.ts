import type { Page } from 'playwright-core'

/** The GraphQL requests that pages make, in order; what comes over the live connection is none. */
export class Requests {
  #all: { operation: string; variables: unknown }[] = []

  watch(page: Page) {
    page.on('request', (request) => {
      if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/graphql') return
      const body: { operationName?: string; query?: string; variables?: unknown } = request.postDataJSON()
      this.#all.push({ operation: body.operationName ?? body.query?.match(/\w+\s+(\w+)/)?.[1] ?? '', variables: body.variables })
    })
  }

  /** The names of the operations. */
  names(): string[] {
    return this.#all.map((r) => r.operation)
  }

  /** How many there were of an operation. */
  count(operation: string): number {
    return this.#all.filter((r) => r.operation === operation).length
  }

  /** The variables of each request of an operation. */
  variables(operation: string): unknown[] {
    return this.#all.filter((r) => r.operation === operation).map((r) => r.variables)
  }

  /** Forgets those until now. */
  clear() {
    this.#all = []
  }
}
