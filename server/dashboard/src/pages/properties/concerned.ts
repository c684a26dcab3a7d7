import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { every } from '../../api/every'
import type { Audience } from '../../api/gql/graphql'
import { nameOf } from '../../ui/person'
import { type Onlooker, PEOPLE } from './queries'

/** Whom a change of the audience concerns: how many, and some of their names. */
export interface Concerned {
  count: number
  names: string
}

/** Up to how many people are read to say whom it concerns. */
const readable = 500

/** How many of them are named. */
const named = 3

/** Finds out who would see an item, or no longer see it, with another audience: undefined until it is known, null where they are too many to be counted. */
export function useConcerned(item: string, to: Audience): Concerned | null | undefined {
  const client = useClient()
  const { t, i18n } = useTranslation('properties')
  const [concerned, setConcerned] = useState<Concerned | null>()
  useEffect(() => {
    let current = true
    const which = to === 'RESTRICTED' ? 'CAN_SEE' : 'CANNOT_SEE'
    const reason = to === 'RESTRICTED' ? 'EVERYONE' : 'NOT_ADDED'
    const find = async (): Promise<Concerned | null> => {
      const asked = { item, which, search: null, skip: null } as const
      const { data } = await client.query(PEOPLE, { ...asked, first: 1, after: null }, { requestPolicy: 'network-only' }).toPromise()
      if (!data || data.properties.people.totalCount > readable) return null
      const people: Onlooker[] = await every(client, PEOPLE, asked, (d) => d.properties.people)
      const rest = (n: number) => t('audience.others', { count: n })
      const listed = (all: string[]) =>
        new Intl.ListFormat(i18n.language).format(all.length > named + 1 ? [...all.slice(0, named), rest(all.length - named)] : all)
      const names = people.filter((p) => p.reason === reason).map((p) => nameOf(p.collaborator))
      return { count: names.length, names: listed(names) }
    }
    find().then(
      (found) => current && setConcerned(found),
      () => current && setConcerned(null),
    )
    return () => {
      current = false
    }
  }, [client, t, i18n.language, item, to])
  return concerned
}
