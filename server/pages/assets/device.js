// What this browser calls itself in the list of sessions.

import { text } from './api.js'

/** Returns the browser's name and system, as far as it tells them. */
export function device() {
  const agent = navigator.userAgent
  const find = (names) => names.find(([, pattern]) => pattern.test(agent))?.[0]
  const browser = find([['Firefox', /Firefox\//], ['Edge', /Edg\//], ['Opera', /OPR\//], ['Chrome', /Chrom(e|ium)\//], ['Safari', /Safari\//]])
  const system = find([['Android', /Android/], ['iOS', /iPhone|iPad/], ['Windows', /Windows/], ['macOS', /Mac OS X/], ['Linux', /Linux/]])
  return [browser ?? text('browser'), system].filter(Boolean).join(' · ')
}
