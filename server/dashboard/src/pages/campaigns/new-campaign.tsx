import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { useLiveQuery } from '../../api/live'
import { useSentence } from '../../ui/sentence'
import { made, NewItem } from '../items/new-item'

const CREATE = graphql(`
  mutation CreateCampaign($input: CreateCampaignInput!) {
    createCampaign(input: $input) {
      campaign {
        id
      }
      errors {
        field
        message
      }
    }
  }
`)

const TEMPLATES = graphql(`
  query TemplateChoices($search: String) {
    templates(first: 30, search: $search, orderBy: NAME) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

const TEMPLATE = graphql(`
  query TemplateToCopy($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Template {
        name
        subject
        preheader
        format
        body
      }
    }
  }
`)

interface Props {
  opened: boolean
  close(): Promise<void>
  /** The template that it begins with, where it was chosen already. */
  template: string | undefined
}

/** The window that makes a campaign, empty or from a template. */
export function NewCampaign({ opened, close, template }: Props) {
  const client = useClient()
  const { t } = useTranslation('campaigns')
  const sentence = useSentence()
  const [create] = useAct(CREATE, { quiet: true })
  const [chosen, setChosen] = useState<string | null>()
  const from = chosen === undefined ? (template ?? null) : chosen
  const begin = async () => {
    if (from === null) return { format: 'MJML' as const, body: blank }
    const { data, error } = await client.query(TEMPLATE, { id: from }, { requestPolicy: 'network-only' }).toPromise()
    if (error) return sentence(error)
    if (data?.node?.__typename !== 'Template') return t('templateGone')
    const { subject, preheader, format, body } = data.node
    return { subject, preheader, format, body }
  }
  return (
    <NewItem
      kind="CAMPAIGN"
      opened={opened}
      close={() => {
        setChosen(undefined)
        return close()
      }}
      create={async (name) => {
        const content = await begin()
        if (typeof content === 'string') return { done: false, problems: [{ message: content }] }
        return made(await create({ input: { name, ...content } }), (payload) => payload.campaign)
      }}
    >
      {opened && <Template value={from} change={setChosen} />}
    </NewItem>
  )
}

/** An empty mail that can be sent, in the language that most are written in. */
const blank = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`

function Template({ value, change }: { value: string | null; change(id: string | null): void }) {
  const { t } = useTranslation('campaigns')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 180)
  const { data } = useLiveQuery({ query: TEMPLATES, variables: { search: search || null } })
  const { data: named } = useLiveQuery({ query: TEMPLATE, variables: { id: value ?? '' }, pause: value === null })
  const chosen = named?.node?.__typename === 'Template' && named.node.id === value ? [{ value, label: named.node.name }] : []
  const found = data?.templates.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? []
  return (
    <Select
      label={t('begin.label')}
      description={t('begin.words')}
      placeholder={t('begin.blank')}
      data={[...found, ...chosen.filter((c) => !found.some((f) => f.value === c.value))]}
      value={value}
      onChange={(id) => {
        change(id)
        setTyped('')
      }}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      clearable
      nothingFoundMessage={t('picker.none')}
    />
  )
}
