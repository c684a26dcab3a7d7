import { useState } from 'react'

/** The token of the link that was opened, which stands behind the # so that no server log has it; empty where there is none. */
export function useToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
  return token
}
