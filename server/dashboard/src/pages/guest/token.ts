import { useSyncExternalStore } from 'react'

/** The token of the link that was opened, which stands behind the # so that no server log has it; empty where there is none. */
export function useToken(): string {
  return useSyncExternalStore(followHash, token)
}

const token = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

/** Another link of a mail, opened in the same window, changes nothing of the address but what is behind the #. */
function followHash(changed: () => void) {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}
