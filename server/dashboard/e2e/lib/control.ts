// Asks the Go test, which has the servers (worlds_test.go).

/** The value of an environment variable that the Go test sets. */
export function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: stories are run by go test ./server/dashboard/e2e`)
  return value
}

/** Asks, and returns what is answered; whoever asks knows what that is. */
export async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(setting('PARTAGE_E2E_CONTROL') + path, { method, body: body === undefined ? null : JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`)
  return (text ? JSON.parse(text) : undefined) as Answer
}
