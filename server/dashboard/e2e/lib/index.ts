// What stories are told with.

export { beforeAll, describe, expect, test } from 'vitest'
export { accessible, still } from './axe'
export type { Desktop } from './desktop'
export { eventually } from './eventually'
export type { Look, Person } from './person'
export { password } from './sessions'
export { useWorld, type World } from './world'
