// Moments as people say them, in the language of the pages.

import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
]

/** Returns a function that says how long ago a moment was, or its day where that is more than a week. */
export function useAgo(): (moment: string) => string {
  const { i18n } = useTranslation()
  const now = useNow()
  return (moment) => {
    let value = Math.min(0, (Date.parse(moment) - now) / 1_000)
    if (value > -45) return new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' }).format(0, 'second')
    for (const [unit, size] of steps) {
      if (Math.abs(value) < size) return new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' }).format(Math.round(value), unit)
      value /= size
    }
    return new Date(moment).toLocaleDateString(i18n.language, { day: 'numeric', month: 'short', year: 'numeric' })
  }
}

/** The present, which moves on each half minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** How long ago a moment was; the moment itself when it is pointed at. */
export function Ago({ moment }: { moment: string }) {
  const { i18n } = useTranslation()
  const ago = useAgo()
  const exact = new Date(moment).toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'short' })
  return (
    <time dateTime={moment} title={exact}>
      {ago(moment)}
    </time>
  )
}
