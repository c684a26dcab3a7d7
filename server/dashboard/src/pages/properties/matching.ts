interface Named {
  firstName: string
  lastName: string
  email: string
}

/** Those of the people found who match what is typed. Until the answer to it has come, what is shown answers something typed before: nobody may be chosen by mistake then. */
export function matchingNow<P extends Named>(found: readonly P[], typed: string, answered: boolean): readonly P[] {
  if (answered || typed === '') return found
  const words = folded(typed).split(/\s+/)
  return found.filter((p) => words.every((word) => folded(`${p.firstName} ${p.lastName} ${p.email}`).includes(word)))
}

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
