import { AccessWindow } from './access-window'
import { AwayWindow } from './away-window'
import { CreditsWindow } from './credits-window'
import { Going } from './going'
import { isColleague, type TeamMember } from './people'
import type { Opens } from './team-menu'

/** A window over the team or a person, and whom it is about. */
export interface Opened {
  what: Opens
  people: TeamMember[]
}

interface Props {
  opened: Opened | undefined
  close(): void
  /** Called when people are gone, whose page or ticks make no sense any more. */
  gone?(): void
}

/** The window that is open, if any. */
export function Windows({ opened, close, gone }: Props) {
  if (!opened) return null
  const { what, people } = opened
  const colleagues = people.filter(isColleague)
  const [one] = colleagues
  switch (what) {
    case 'access':
      return <AccessWindow people={people} close={close} />
    case 'away':
      return one ? <AwayWindow person={one} close={close} /> : null
    case 'credits':
      return one ? <CreditsWindow people={[one, ...colleagues.slice(1)]} close={close} /> : null
    case 'deactivate':
    case 'remove':
      return <Going people={colleagues} how={what} close={close} done={gone} />
  }
}
