import { Alert, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import { useLiveQuery } from '../../api/live'
import { nameOf } from '../../ui/person'
import { useSentence } from '../../ui/sentence'
import { PersonSelect } from './person-select'
import type { Shared } from './window'

const WHY = graphql(`
  query WhyVisible($item: ID!, $collaborator: ID!) {
    whyVisible(item: $item, collaborator: $collaborator) {
      visible
      words
    }
  }
`)

/** Asks about one person whether they see the item, and why. */
export function Why({ item }: { item: string }) {
  const { t } = useTranslation(['properties', 'frame'])
  const [person, setPerson] = useState<string | null>(null)
  return (
    <Stack gap="xs">
      <PersonSelect label={t('why.label')} value={person} change={setPerson} autoFocus />
      {person && <Answer item={item} person={person} />}
    </Stack>
  )
}

function Answer({ item, person }: { item: string; person: string }) {
  const { data, error } = useLiveQuery({ query: WHY, variables: { item, collaborator: person } })
  const sentence = useSentence()
  const words = useRef<HTMLParagraphElement>(null)
  const said = data?.whyVisible.words ?? (error && sentence(error))
  useEffect(() => {
    if (said) words.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return (
    <Text ref={words} size="sm" mih={22} aria-live="polite">
      {said}
    </Text>
  )
}

/** Tells the viewer, who may not change who sees the item, why they see it themselves and whom to ask. */
export function WhyMe({ item, me, creator }: { item: string; me: string; creator: Shared['creator'] }) {
  const { t } = useTranslation(['properties', 'frame'])
  const { data } = useLiveQuery({ query: WHY, variables: { item, collaborator: me } })
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} stroke={1.7} />}>
      <Text size="sm" mih={22}>
        {data?.whyVisible.words}
      </Text>
      <Text size="sm" c="dimmed">
        {creator ? t('readOnly', { creator: nameOf(creator) }) : t('readOnlyOwners')}
      </Text>
    </Alert>
  )
}
