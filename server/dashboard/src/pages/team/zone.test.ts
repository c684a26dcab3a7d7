import { expect, test } from 'vitest'
import { momentOf, wallClock } from './zone'

const zones = ['Europe/Paris', 'America/St_Johns', 'Pacific/Auckland']

test('a wall clock and its moment agree on hours all over a year, in zones of every sort', () => {
  const wrong: string[] = []
  for (const zone of zones) {
    for (let hour = 0; hour < 365 * 24; hour += 211) {
      const clock = wallClock(new Date(Date.UTC(2026, 0, 1, hour, 15)), zone)
      const back = momentOf(clock, zone)
      if (back === null || wallClock(back, zone) !== clock) wrong.push(`${zone} ${clock}`)
    }
  }
  expect(wrong).toEqual([])
})

test('what is no moment is none', () => {
  expect(momentOf('', 'Europe/Paris')).toBeNull()
  expect(momentOf('soon', 'Europe/Paris')).toBeNull()
})

test('Paris is an hour ahead in winter and two in summer', () => {
  expect(momentOf('2026-12-24T18:00', 'Europe/Paris')?.toISOString()).toBe('2026-12-24T17:00:00.000Z')
  expect(momentOf('2026-07-14T09:30', 'Europe/Paris')?.toISOString()).toBe('2026-07-14T07:30:00.000Z')
})

test('an hour that clocks skip becomes the one after', () => {
  expect(momentOf('2026-03-29T02:30', 'Europe/Paris')?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
})
