// What the palette can lead to, all in one shape.

import type { Icon } from '@tabler/icons-react'
import { IconUser, IconUserPlus, IconUserStar } from '@tabler/icons-react'
import type { useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { PaletteQuery, RecentQuery } from '../../api/gql/graphql'
import { kindIcons } from '../../ui/kind-icon'
import { nameOf } from '../../ui/person'
import { leadName } from '../leads/words'

/** A line of the palette. */
export interface Entry {
  id: string
  icon: Icon
  text: string
  /** What it is, or is part of. */
  about?: string
  run(): void
}

/** Lines under a heading. */
export interface Section {
  id: string
  title: string
  entries: Entry[]
}

type Navigate = ReturnType<typeof useNavigate>
type Words = TFunction<['search', 'frame']>
type Item = PaletteQuery['items']['edges'][number]['node']
type Person = PaletteQuery['team']['edges'][number]['node']
type Lead = PaletteQuery['leads']['edges'][number]['node']
type Opened = NonNullable<RecentQuery['nodes'][number]>

/** Makes the lines of what the API finds. */
export function makeEntries(t: Words, navigate: Navigate) {
  const item = ({ id, kind, name, archivedAt }: Pick<Item, 'id' | 'kind' | 'name' | 'archivedAt'>): Entry => ({
    id,
    icon: kindIcons[kind],
    text: name,
    about: archivedAt ? `${t(`kind.${kind}`)} · ${t('archived')}` : t(`kind.${kind}`),
    run: () => {
      const params = { id }
      if (kind === 'CAMPAIGN') void navigate({ to: '/campaigns/$id', params })
      if (kind === 'TEMPLATE') void navigate({ to: '/templates/$id', params })
      if (kind === 'CONTACT_LIST') void navigate({ to: '/lists/$id', params })
      if (kind === 'BLACKLIST') void navigate({ to: '/blacklists/$id', params })
    },
  })
  const person = (p: Person): Entry => {
    const invited = p.__typename === 'Invitation'
    const note = invited ? t('invited') : p.status === 'DEACTIVATED' ? t('deactivated') : undefined
    return {
      id: p.id,
      icon: invited ? IconUserPlus : IconUser,
      text: nameOf(p),
      about: note ? `${p.email} · ${note}` : p.email,
      run: () => void (invited ? navigate({ to: '/settings/sharing' }) : navigate({ to: '/team/$id', params: { id: p.id } })),
    }
  }
  const lead = (l: Lead): Entry => ({
    id: l.id,
    icon: IconUserStar,
    text: leadName(l),
    about: [l.name && l.email, l.phone, l.campaign.name].filter(Boolean).join(' · '),
    run: () => void navigate({ to: '/leads', search: { lead: l.id } }),
  })
  const opened = (node: Opened): Entry | undefined => {
    switch (node.__typename) {
      case 'Campaign':
      case 'Template':
      case 'ContactList':
      case 'Blacklist':
        return node.deletedAt ? undefined : item(node)
      case 'Collaborator':
        return person(node)
      case 'Lead':
        return lead(node)
    }
    return undefined
  }
  return { item, person, lead, opened }
}
