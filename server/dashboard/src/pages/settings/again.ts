import { useEffect } from 'react'

/** How often, in milliseconds. */
const pause = 10_000

/** Reads again now and then while the page is looked at, and when it is looked at anew: for what the server gives no hint of. */
export function useAgain(read: () => void) {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') read()
    }
    const timer = window.setInterval(look, pause)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [read])
}
