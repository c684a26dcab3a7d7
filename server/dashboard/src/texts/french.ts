/** Texts by key. */
export type Tree = { readonly [key: string]: string | Tree }

/** Makes the spaces that French has before some marks, and within its quotation marks, such that no line ends there. */
export function unbreakable<Texts extends Tree>(texts: Texts): Texts {
  const mended = Object.entries(texts).map(([key, text]) => [
    key,
    typeof text === 'string' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0') : unbreakable(text),
  ])
  return Object.fromEntries(mended) as Texts
}
