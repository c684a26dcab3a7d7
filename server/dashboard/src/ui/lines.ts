// How two texts differ by lines, and how two that began as one come together again.

/** Lines that both have, or what stands in place of each other. */
interface Difference {
  /** The first line on either side, and the one after the last. */
  a: [number, number]
  b: [number, number]
}

/** Where two lists of lines differ, by the shortest way from one to the other (Myers, An O(ND) Difference Algorithm, 1986). */
function differences(a: readonly string[], b: readonly string[]): Difference[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  if (start === endA && start === endB) return []
  const pairs = common(a.slice(start, endA), b.slice(start, endB))
  const found: Difference[] = []
  let [fromA, fromB] = [start, start]
  for (const [i, j] of [...pairs.map(([x, y]) => [x + start, y + start] as const), [endA, endB] as const]) {
    if (i > fromA || j > fromB) found.push({ a: [fromA, i], b: [fromB, j] })
    ;[fromA, fromB] = [i + 1, j + 1]
  }
  return found
}

/** How far two texts may be apart before they are taken for wholly different. */
const furthest = 500

/** The lines that two lists have in common, by their places. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  const trace: Map<number, number>[] = []
  let reach = new Map<number, number>([[1, 0]])
  for (let d = 0; d <= Math.min(a.length + b.length, furthest); d++) {
    trace.push(new Map(reach))
    const next = new Map(reach)
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length)
    }
    reach = next
  }
  return []
}

function walkBack(trace: Map<number, number>[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = []
  let [x, y] = [endX, endY]
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d] ?? new Map<number, number>()
    const k = x - y
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
    const from = down ? k + 1 : k - 1
    const beforeX = reach.get(from) ?? 0
    const beforeY = beforeX - from
    while (x > beforeX && y > beforeY && x > 0 && y > 0) pairs.push([--x, --y])
    ;[x, y] = [beforeX, beforeY]
  }
  return pairs.reverse()
}

/** A part of a text that two people changed: as it was, and as it is with either. */
export interface Part {
  /** Who changed it. */
  who: 'nobody' | 'mine' | 'theirs' | 'both'
  mine: readonly string[]
  theirs: readonly string[]
}

/** Brings two texts together that began as one. Parts that only one side changed speak for themselves. */
export function parts(base: string, mine: string, theirs: string): Part[] {
  const [o, a, b] = [base.split('\n'), mine.split('\n'), theirs.split('\n')]
  const [ours, other] = [differences(o, a), differences(o, b)]
  const result: Part[] = []
  let [at, atA, atB, i, j] = [0, 0, 0, 0, 0]
  while (i < ours.length || j < other.length) {
    const from = Math.min(ours[i]?.a[0] ?? Number.POSITIVE_INFINITY, other[j]?.a[0] ?? Number.POSITIVE_INFINITY)
    if (from > at) {
      const same = o.slice(at, from)
      result.push({ who: 'nobody', mine: same, theirs: same })
      ;[atA, atB, at] = [atA + from - at, atB + from - at, from]
    }
    // What touches or overlaps belongs to one part.
    let to = from
    const [firstI, firstJ] = [i, j]
    for (let grown = true; grown; ) {
      grown = false
      for (let d = ours[i]; d && d.a[0] <= to; d = ours[++i]) [to, grown] = [Math.max(to, d.a[1]), true]
      for (let d = other[j]; d && d.a[0] <= to; d = other[++j]) [to, grown] = [Math.max(to, d.a[1]), true]
    }
    const grownBy = (all: Difference[], first: number, last: number) =>
      all.slice(first, last).reduce((sum, d) => sum + (d.b[1] - d.b[0]) - (d.a[1] - d.a[0]), 0)
    const endA = atA + (to - at) + grownBy(ours, firstI, i)
    const endB = atB + (to - at) + grownBy(other, firstJ, j)
    const part = { mine: a.slice(atA, endA), theirs: b.slice(atB, endB) }
    const alike = part.mine.join('\n') === part.theirs.join('\n') && part.mine.length === part.theirs.length
    result.push({ who: alike ? 'nobody' : i === firstI ? 'theirs' : j === firstJ ? 'mine' : 'both', ...part })
    ;[at, atA, atB] = [to, endA, endB]
  }
  if (at < o.length) result.push({ who: 'nobody', mine: o.slice(at), theirs: o.slice(at) })
  return result
}

/** The text that the parts make, with ours or theirs where both changed one. */
export function join(all: readonly Part[], choose: (part: Part, index: number) => 'mine' | 'theirs'): string {
  return all.flatMap((part, i) => (part.who === 'theirs' || (part.who === 'both' && choose(part, i) === 'theirs') ? part.theirs : part.mine)).join('\n')
}
