// Doing one thing to many rows, a few at a time.

/** How far it has come. */
export interface Progress {
  done: number
  of: number
  stop(): void
}

/** How many requests run at once. */
const lanes = 4

/** What came of it. */
export interface Outcomes<Row> {
  done: Row[]
  /** Why others were not done, each reason once. */
  reasons: string[]
  /** How many those are. */
  failed: number
}

/** Does something to each row: `one` returns why it did not. `tell` is told how far it has come, and nothing at the end. */
export async function each<Row>(
  rows: readonly Row[],
  one: (row: Row) => Promise<string | undefined>,
  tell: (progress: Progress | undefined) => void,
): Promise<Outcomes<Row>> {
  const done: Row[] = []
  const reasons = new Set<string>()
  let failed = 0
  let next = 0
  const report = () => {
    if (rows.length > lanes) tell({ done: done.length + failed, of: rows.length, stop: () => (next = rows.length) })
  }
  const lane = async () => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++]) {
      const reason = await one(row)
      if (reason === undefined) done.push(row)
      else {
        failed++
        reasons.add(reason)
      }
      report()
    }
  }
  report()
  await Promise.all(Array.from({ length: lanes }, lane))
  tell(undefined)
  return { done, reasons: [...reasons], failed }
}
