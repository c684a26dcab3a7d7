/** A text without accents and case, as the server compares names: each character of the result is of the one at the same place. */
function folded(text: string): string[] {
  return [...text].map((c) => c.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() || c)
}

/** Whether a text holds what was typed. */
export function holds(text: string, typed: string): boolean {
  return folded(text).join('').includes(folded(typed.trim()).join(''))
}

/** Cuts a text where what was typed stands in it. */
export function cut(text: string, typed: string): { text: string; match: boolean }[] {
  const letters = [...text]
  const wanted = folded(typed.trim())
  const within = folded(text)
  if (wanted.length === 0) return [{ text, match: false }]
  const found: { text: string; match: boolean }[] = []
  let from = 0
  for (let i = 0; i + wanted.length <= within.length; i++) {
    if (!wanted.every((c, n) => within[i + n] === c)) continue
    if (i > from) found.push({ text: letters.slice(from, i).join(''), match: false })
    from = i + wanted.length
    found.push({ text: letters.slice(i, from).join(''), match: true })
    i = from - 1
  }
  if (from < letters.length) found.push({ text: letters.slice(from).join(''), match: false })
  return found
}
