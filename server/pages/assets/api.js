// Asks the GraphQL API. The session travels in a cookie that scripts cannot read.

/** What went wrong: code is the API's, or AWAY where nothing sensible came back. */
export class ApiError extends Error {
  constructor(message, code, extensions = {}) {
    super(message)
    this.code = code
    this.extensions = extensions
  }
}

/** Runs one operation and returns its data. Throws an ApiError otherwise. */
export async function ask(query, variables = {}) {
  let answer
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Partage-Client': 'partage-pages' },
      body: JSON.stringify({ query, variables }),
    })
    answer = await response.json()
  } catch (cause) {
    throw new ApiError(String(cause), 'AWAY')
  }
  if (answer.errors?.length) {
    const { message, extensions } = answer.errors[0]
    throw new ApiError(message, extensions?.code ?? 'INTERNAL', extensions)
  }
  return answer.data
}

const texts = JSON.parse(document.getElementById('texts').textContent)

/** Returns the sentence of a key with its {values} filled in, or undefined where the language has none. */
export function text(key, values = {}) {
  return texts[key]?.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
}

/** Returns the sentence for what the API refused, in the page's language as far as it has one. */
export function sentence(error) {
  if (error.code === 'AWAY') return text('error.away')
  if (error.code === 'RATE_LIMITED') {
    return text('error.RATE_LIMITED', { minutes: Math.max(1, Math.ceil((error.extensions.retryAfterSeconds ?? 60) / 60)) })
  }
  if (document.documentElement.lang === 'en') return error.message
  return text(`error.${error.code}`) ?? text('error.other')
}
