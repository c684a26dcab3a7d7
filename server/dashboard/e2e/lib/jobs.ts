// Long work, which mostly ends before anybody could do something meanwhile.

import type { World } from './world'

/** Has all jobs of the demo's account wait behind one that does not end; returns a function that cancels it. */
export async function holdJobs(world: World): Promise<() => Promise<void>> {
  const id = crypto.randomUUID()
  const what = JSON.stringify({ label: { people: 1, campaigns: 1 } })
  await world.sql(`UPDATE accounts SET job_count = job_count + 1 WHERE name = 'Maison Lumière'`)
  await world.sql(
    `INSERT INTO jobs (id, created_at, number, after_seq, kind, what, total, run_at, account_id)
      SELECT ?, 1, job_count, 0, 'campaign_access', ?, 1, 9000000000000000, id FROM accounts WHERE name = 'Maison Lumière'`,
    [id, what],
  )
  return async () => {
    await world.ask('anna', 'mutation($job: ID!) { cancelJob(input: { job: $job }) { errors { message } } }', { job: `job_${id}` })
  }
}
