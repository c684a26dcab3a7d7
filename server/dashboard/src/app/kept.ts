// What this browser keeps for whoever is signed in. It goes when they sign out: whoever comes next is to find nothing.

/** The name under which something is kept. */
export const keptAs = (...what: string[]) => [prefix, ...what].join('/')

/** Forgets all of it. */
export function forgetKept() {
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) if (name.startsWith(`${prefix}/`)) storage.removeItem(name)
  }
}

const prefix = 'partage-kept'
