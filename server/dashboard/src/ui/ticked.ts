// Which rows of a list are ticked.

import type { Selection } from './rows'

/** Where nothing is ticked. */
export const none: Selection = { all: false, ids: new Set() }

/** How many of so many rows are ticked. */
export function tickedCount({ all, ids }: Selection, total: number): number {
  return all ? total - ids.size : ids.size
}

/** The rows that are ticked: ones ticked by themselves as `seen` has them, all but some as `every` reads them. */
export async function tickedOf<Row extends { id: string }>(
  { all, ids }: Selection,
  seen: (id: string) => Row | undefined,
  every: () => Promise<Row[]>,
): Promise<Row[]> {
  if (!all) return [...ids].flatMap((id) => seen(id) ?? [])
  return (await every()).filter((row) => !ids.has(row.id))
}
