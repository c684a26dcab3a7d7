const browsers: [string, RegExp][] = [
  ['Firefox', /Firefox\//],
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
]

const systems: [string, RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
]

/** What this browser calls itself in the list of sessions: its name and system, as far as it tells them. */
export function device(): string {
  const find = (names: [string, RegExp][]) => names.find(([, pattern]) => pattern.test(navigator.userAgent))?.[0]
  return [find(browsers) ?? 'Browser', find(systems)].filter(Boolean).join(' · ')
}
