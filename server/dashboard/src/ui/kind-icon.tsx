import type { Icon } from '@tabler/icons-react'
import { IconAddressBook, IconBan, IconMail, IconTemplate } from '@tabler/icons-react'
import type { ItemKind } from '../api/gql/graphql'

/** The pictures of the kinds of items. */
export const kindIcons: Record<ItemKind, Icon> = { CAMPAIGN: IconMail, TEMPLATE: IconTemplate, CONTACT_LIST: IconAddressBook, BLACKLIST: IconBan }

/** The picture of a kind of items, beside its name. */
export function KindIcon({ kind }: { kind: ItemKind }) {
  const Picture = kindIcons[kind]
  return <Picture size={17} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
}
