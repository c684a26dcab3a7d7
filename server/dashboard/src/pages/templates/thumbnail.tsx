import { Center } from '@mantine/core'
import { IconMailQuestion } from '@tabler/icons-react'
import type { Client } from '@urql/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { graphql } from '../../api/gql'
import type { Locale } from '../../api/gql/graphql'
import { MailFrame } from '../editor/frame'

const PICTURE = graphql(`
  query TemplatePicture($id: ID!, $locale: Locale!) {
    node(id: $id) {
      __typename
      id
      ... on Template {
        preview(locale: $locale) {
          html
        }
      }
    }
  }
`)

/** Pictures that were fetched, of each version of a template, as long as the session lasts. */
const pictures = new WeakMap<Client, Map<string, Promise<string | null>>>()

/** How many are kept. */
const most = 300

function picture(client: Client, id: string, version: number, locale: Locale): Promise<string | null> {
  const known = pictures.get(client) ?? new Map<string, Promise<string | null>>()
  pictures.set(client, known)
  const key = `${id} ${version} ${locale}`
  const found = known.get(key)
  if (found) return found
  const asked = client
    .query(PICTURE, { id, locale }, { requestPolicy: 'network-only' })
    .toPromise()
    .then(({ data, error }) => {
      if (error?.networkError) known.delete(key)
      return data?.node?.__typename === 'Template' ? data.node.preview.html : null
    })
  known.set(key, asked)
  const [oldest] = known.keys()
  if (known.size > most && oldest !== undefined) known.delete(oldest)
  return asked
}

/** What a template looks like, small. It is fetched when the card comes to the screen, and says nothing that is not beside it. */
export function Thumbnail({ id, version }: { id: string; version: number }) {
  const { i18n } = useTranslation()
  const client = useClient()
  const place = useRef<HTMLDivElement>(null)
  const [html, setHtml] = useState<string | null>()
  const locale: Locale = i18n.language === 'fr' ? 'FR' : 'EN'
  useEffect(() => {
    let over = false
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      seen.disconnect()
      void picture(client, id, version, locale).then((made) => !over && setHtml(made))
    })
    if (place.current) seen.observe(place.current)
    return () => {
      over = true
      seen.disconnect()
    }
  }, [client, id, version, locale])
  return (
    <div ref={place} aria-hidden style={{ height: '100%' }}>
      {typeof html === 'string' && html.trim() !== '' && <MailFrame html={html} title="" width={640} still />}
      {(html === null || html?.trim() === '') && (
        <Center h="100%" c="dimmed">
          <IconMailQuestion size={30} stroke={1.3} />
        </Center>
      )}
    </div>
  )
}
