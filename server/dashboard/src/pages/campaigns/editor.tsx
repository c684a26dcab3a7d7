import { Badge, Tabs } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { CampaignFieldsFragment, ChangeCampaignInput } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { Away } from '../../ui/away'
import { Opening } from '../../ui/opening'
import { nameOf } from '../../ui/person'
import { Content } from '../editor/content'
import type { Value, Values } from '../editor/merge'
import { EditorPage } from '../editor/page'
import type { Names } from '../editor/picker'
import { type Snapshot, useDraft } from '../editor/use-draft'
import { byField, formatOf, textOf } from '../editor/values'
import { useRights } from '../items/row'
import classes from './editor.module.css'
import { RotationLink } from './rotation-link'
import { CampaignSettings } from './settings'

graphql(`
  fragment CampaignFields on Campaign {
    ...ItemRow
    state
    subject
    preheader
    senderName
    senderEmail
    replyTo
    format
    body
    listsRestricted
    blacklistsRestricted
    lists {
      id
      name
    }
    blacklists {
      id
      name
    }
  }
`)

const CAMPAIGN = graphql(`
  query CampaignToWrite($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...CampaignFields
    }
  }
`)

const CHANGE = graphql(`
  mutation ChangeCampaign($input: ChangeCampaignInput!) {
    changeCampaign(input: $input) {
      campaign {
        ...CampaignFields
      }
      conflicts {
        field
      }
      errors {
        field
        message
      }
    }
  }
`)

/** The page on which a campaign is written. */
export function CampaignEditor() {
  const { id } = useParams({ from: '/inside/campaigns/$id' })
  return <OneCampaign key={id} id={id} />
}

function OneCampaign({ id }: { id: string }) {
  const { t } = useTranslation(['campaigns', 'items'])
  const { data, error, refresh } = useLiveQuery({ query: CAMPAIGN, variables: { id } })
  const [change] = useAct(CHANGE, { quiet: true })
  const names = useRef<Names>(new Map())
  const rights = useRights()
  const [tab, setTab] = useState<string | null>('content')
  const campaign = data?.node?.__typename === 'Campaign' ? data.node : undefined
  const now = useMemo(() => campaign && snapshot(campaign), [campaign])
  const send = useCallback(
    async (values: Values, baseVersion: number) => {
      const outcome = await change({ input: { id, baseVersion, ...input(values) } })
      if (!outcome.done) return outcome
      const { campaign: saved, conflicts } = outcome.payload
      return { done: true as const, payload: { stored: saved ? snapshot(saved) : null, conflicts: conflicts.map((c) => c.field) } }
    },
    [change, id],
  )
  const writing = useDraft(id, now, send)
  const show = useCallback(
    (value: Value) =>
      typeof value === 'string'
        ? value
        : value
            .map((v) => names.current.get(v) ?? '…')
            .sort()
            .join('\n'),
    [],
  )
  for (const item of [...(campaign?.lists ?? []), ...(campaign?.blacklists ?? [])]) names.current.set(item.id, item.name)

  if (error && !data) return <Away error={error} again={refresh} />
  const mine = writing.draft?.mine
  if (!data || (campaign && !mine)) return <Opening />
  const readOnly = campaign?.myLevel !== 'EDIT'
  const closed = campaign?.state === 'SENT' ? t('closed.sent') : campaign?.state === 'SENDING' ? t('closed.sending') : readOnly ? t('closed.view') : undefined
  const errors = byField(writing.problems)
  return (
    <Tabs value={tab} onChange={setTab}>
      <EditorPage
        kind="CAMPAIGN"
        id={id}
        item={campaign ?? null}
        writing={writing}
        closed={closed}
        show={show}
        refresh={refresh}
        about={campaign && campaign.state !== 'DRAFT' && <Badge variant="light">{t(`items:state.${campaign.state}`)}</Badge>}
        menu={<RotationLink id={id} />}
        tools={
          <Tabs.List className={classes.list}>
            <Tabs.Tab value="content">{t('tab.content')}</Tabs.Tab>
            <Tabs.Tab value="settings">{t('tab.settings')}</Tabs.Tab>
          </Tabs.List>
        }
      >
        {mine && campaign && (
          <>
            <Tabs.Panel value="content" className={classes.panel}>
              <Content
                mail={{ subject: textOf(mine.subject), preheader: textOf(mine.preheader), format: formatOf(mine.format), body: textOf(mine.body) }}
                sender={{ senderName: textOf(mine.senderName), senderEmail: textOf(mine.senderEmail), replyTo: textOf(mine.replyTo) }}
                set={writing.set}
                readOnly={closed !== undefined}
                errors={errors}
              />
            </Tabs.Panel>
            <Tabs.Panel value="settings" className={classes.panel} data-scrolls>
              <CampaignSettings
                campaign={campaign}
                mine={mine}
                set={writing.set}
                nameClosed={readOnly}
                closed={closed !== undefined || !rights.configure(campaign)}
                why={closed || rights.configure(campaign) ? undefined : t('closed.member')}
                errors={errors}
                names={names.current}
              />
            </Tabs.Panel>
          </>
        )}
      </EditorPage>
    </Tabs>
  )
}

function snapshot(c: CampaignFieldsFragment): Snapshot {
  const { name, subject, preheader, senderName, senderEmail, replyTo, format, body } = c
  const ids = (items: readonly { id: string }[]) => items.map((item) => item.id)
  return {
    version: c.version,
    by: c.changedBy ? nameOf(c.changedBy) : undefined,
    values: { name, subject, preheader, senderName, senderEmail, replyTo, format, body, lists: ids(c.lists), blacklists: ids(c.blacklists) },
  }
}

const texts = ['name', 'subject', 'preheader', 'senderName', 'senderEmail', 'replyTo', 'body'] as const

function input(values: Values): Partial<ChangeCampaignInput> {
  const made: Partial<ChangeCampaignInput> = {}
  for (const field of texts) if (field in values) made[field] = textOf(values[field])
  if ('format' in values) made.format = formatOf(values.format)
  for (const field of ['lists', 'blacklists'] as const) if (Array.isArray(values[field])) made[field] = [...values[field]]
  return made
}
