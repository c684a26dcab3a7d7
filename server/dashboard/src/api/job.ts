import type { JobState } from './gql/graphql'

/** Whether a job has not ended. */
export function isOpen({ state }: { state: JobState }): boolean {
  return state === 'QUEUED' || state === 'RUNNING'
}
