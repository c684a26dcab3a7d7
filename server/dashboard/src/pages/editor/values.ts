// Values of fields as what they are.

import type { Problem } from '../../api/act'
import type { BodyFormat } from '../../api/gql/graphql'
import type { Value } from './merge'

export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
export const idsOf = (value: Value | undefined): readonly string[] => (typeof value === 'object' ? value : [])
export const formatOf = (value: Value | undefined): BodyFormat => (value === 'MJML' ? 'MJML' : 'HTML')

/** What is wrong with each field. */
export function byField(problems: readonly Problem[]): Record<string, string> {
  return Object.fromEntries(problems.filter((p) => p.field).map((p) => [p.field, p.message]))
}
