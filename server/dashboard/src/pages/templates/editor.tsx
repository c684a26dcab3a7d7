import { TextInput } from '@mantine/core'
import { IconMailPlus } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { ChangeTemplateInput, TemplateFieldsFragment } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { Away } from '../../ui/away'
import { Opening } from '../../ui/opening'
import { nameOf } from '../../ui/person'
import { Content } from '../editor/content'
import type { Values } from '../editor/merge'
import { EditorPage } from '../editor/page'
import { type Snapshot, useDraft } from '../editor/use-draft'
import { byField, formatOf, textOf } from '../editor/values'
import { ButtonLink } from '../items/link'
import { useRights } from '../items/row'

graphql(`
  fragment TemplateFields on Template {
    ...ItemRow
    subject
    preheader
    format
    body
  }
`)

const TEMPLATE = graphql(`
  query TemplateToWrite($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...TemplateFields
    }
  }
`)

const CHANGE = graphql(`
  mutation ChangeTemplate($input: ChangeTemplateInput!) {
    changeTemplate(input: $input) {
      template {
        ...TemplateFields
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

/** The page on which a template is written. */
export function TemplateEditor() {
  const { id } = useParams({ from: '/inside/templates/$id' })
  return <OneTemplate key={id} id={id} />
}

function OneTemplate({ id }: { id: string }) {
  const { t } = useTranslation(['campaigns', 'templates'])
  const rights = useRights()
  const { data, error, refresh } = useLiveQuery({ query: TEMPLATE, variables: { id } })
  const [change] = useAct(CHANGE, { quiet: true })
  const template = data?.node?.__typename === 'Template' ? data.node : undefined
  const now = useMemo(() => template && snapshot(template), [template])
  const send = useCallback(
    async (values: Values, baseVersion: number) => {
      const outcome = await change({ input: { id, baseVersion, ...input(values) } })
      if (!outcome.done) return outcome
      const { template: saved, conflicts } = outcome.payload
      return { done: true as const, payload: { stored: saved ? snapshot(saved) : null, conflicts: conflicts.map((c) => c.field) } }
    },
    [change, id],
  )
  const writing = useDraft(id, now, send)
  if (error && !data) return <Away error={error} again={refresh} />
  const mine = writing.draft?.mine
  if (!data || (template && !mine)) return <Opening />
  const readOnly = template?.myLevel !== 'EDIT'
  const errors = byField(writing.problems)
  return (
    <EditorPage
      kind="TEMPLATE"
      id={id}
      item={template ?? null}
      writing={writing}
      closed={readOnly ? t('closed.view') : undefined}
      show={textOf}
      refresh={refresh}
      actions={
        rights.create('CAMPAIGN') && (
          <ButtonLink to="/campaigns" search={{ new: true, template: id }} variant="default" leftSection={<IconMailPlus size={16} />} visibleFrom="sm">
            {t('templates:use')}
          </ButtonLink>
        )
      }
    >
      {mine && (
        <Content
          mail={{ subject: textOf(mine.subject), preheader: textOf(mine.preheader), format: formatOf(mine.format), body: textOf(mine.body) }}
          set={writing.set}
          readOnly={readOnly}
          errors={errors}
        >
          <TextInput
            label={t('field.name')}
            value={textOf(mine.name)}
            onChange={(event) => writing.set('name', event.currentTarget.value)}
            readOnly={readOnly}
            error={errors.name}
          />
        </Content>
      )}
    </EditorPage>
  )
}

function snapshot(template: TemplateFieldsFragment): Snapshot {
  const { name, subject, preheader, format, body } = template
  return { version: template.version, by: template.changedBy ? nameOf(template.changedBy) : undefined, values: { name, subject, preheader, format, body } }
}

function input(values: Values): Partial<ChangeTemplateInput> {
  const made: Partial<ChangeTemplateInput> = {}
  for (const field of ['name', 'subject', 'preheader', 'body'] as const) if (field in values) made[field] = textOf(values[field])
  if ('format' in values) made.format = formatOf(values.format)
  return made
}
