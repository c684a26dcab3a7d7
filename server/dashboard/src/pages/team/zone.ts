// Wall clocks of a time zone and moments, for fields of type datetime-local.

/** What a wall clock in a zone shows at a moment, as such a field has it: 2026-11-22T09:30. */
export function wallClock(moment: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The moment at which a wall clock in a zone shows this; the later one where it shows it never, as clocks go forward. Null where it is no moment. */
export function momentOf(clock: string, zone: string): Date | null {
  const wanted = Date.parse(`${clock}Z`)
  if (Number.isNaN(wanted)) return null
  const offset = (at: number) => Date.parse(`${wallClock(new Date(at), zone)}Z`) - at
  // The zone's offset a day before and a day after: where they differ, clocks change in between.
  const before = wanted - offset(wanted - day)
  const later = wanted - offset(wanted + day)
  const shows = (at: number) => at + offset(at) === wanted
  return new Date(shows(before) ? before : shows(later) ? later : Math.max(before, later))
}

const day = 24 * 60 * 60 * 1000
