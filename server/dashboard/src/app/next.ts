/**
 * Where to go on to after signing in: a path of these pages, as it was given in an address; never another site's, which a link
 * could name.
 */
export function ownPath(given: unknown): string | undefined {
  if (typeof given !== 'string' || !given.startsWith('/') || !URL.canParse(given, location.origin)) return undefined
  const { origin, pathname, search, hash } = new URL(given, location.origin) // as the browser reads it
  return origin === location.origin && !pathname.startsWith('//') ? pathname + search + hash : undefined
}
