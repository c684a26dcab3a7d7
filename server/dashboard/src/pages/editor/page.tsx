// What the pages have in common on which a campaign or a template is written: its head, who else has it open, notes, conflicts,
// and leaving.

import { Badge, Group } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Conflicts, type Decision } from '../../ui/conflicts'
import { Page } from '../../ui/page'
import { failed } from '../../ui/told'
import { ItemMenu } from '../items/menu'
import { Presence, usePresence } from '../items/presence'
import { type ItemRow, listPage } from '../items/row'
import { keptOf } from './keep'
import { useLeaving } from './leaving'
import { Lost } from './lost'
import { changes, type Value } from './merge'
import { Notes } from './notes'
import { SaveButton } from './save-button'
import type { Writing } from './use-draft'

interface Props {
  kind: 'CAMPAIGN' | 'TEMPLATE'
  /** As the server has it; null where it is not there any more. */
  item: ItemRow | null
  id: string
  writing: Writing
  /** Why its content cannot be changed. */
  closed: string | undefined
  /** A value as a person reads it. */
  show(value: Value): string
  refresh(): void
  about?: ReactNode
  /** What else can be done with it. */
  actions?: ReactNode
  /** What else its menu has; Menu.Item. */
  menu?: ReactNode
  tools?: ReactNode
  children: ReactNode
}

/** What a field is called. */
function useFieldName() {
  const { t, i18n } = useTranslation('campaigns')
  return useCallback((field: string) => (i18n.exists(`campaigns:field.${field}`) ? t(`field.${field as 'name'}`) : field), [t, i18n])
}

/** A page on which an item is written. */
export function EditorPage({ kind, item, id, writing, closed, show, refresh, about, actions, menu, tools, children }: Props) {
  const { t } = useTranslation(['campaigns', 'items'])
  const navigate = useNavigate()
  const label = useFieldName()
  const [deciding, setDeciding] = useState(false)
  const { people, gone } = usePresence(id, item === null)
  const { draft, problems, lose } = writing
  const lost = item === null || gone
  useLeaving(writing.dirty && !lost, writing.discard)
  useEffect(() => {
    if (lost) lose()
  }, [lost, lose])

  const save = async () => setDeciding((await writing.save()) === 'clash')
  const decide = (decisions: Record<string, Decision>) => {
    if (!draft) return
    const value = ([field, d]: [string, Decision]) => (d === 'mine' ? draft.mine[field] : d === 'theirs' ? draft.base[field] : d.merged) ?? ''
    writing.decide(Object.fromEntries(Object.entries(decisions).map((entry) => [entry[0], value(entry)])))
    void save()
  }

  // A field that is at fault may not be on the screen.
  useEffect(() => {
    if (problems.length > 0) failed(problems.map((p) => (p.field ? `${label(p.field)}: ${p.message}` : `${t('save.failed')} ${p.message}`)).join(' '))
  }, [problems, label, t])

  if (lost)
    return <Lost to={listPage[kind]} back={t(`items:kind.${kind}.title`)} unsaved={draft ? changes(draft) : {}} kept={!draft && keptOf(id)} label={label} />
  const by = writing.clashedWith
  const conflicts = Object.entries(draft?.clashes ?? {}).map(([field, base]) => ({
    field,
    label: label(field),
    mine: show(draft?.mine[field] ?? ''),
    theirs: show(draft?.base[field] ?? ''),
    ...(field === 'body' && { base: show(base) }),
  }))
  const name = draft?.mine.name
  return (
    <Page
      title={typeof name === 'string' && name !== '' ? name : item.name}
      back={{ to: listPage[kind], label: t(`items:kind.${kind}.title`) }}
      about={
        <Group gap="xs" component="span" wrap="nowrap">
          {about}
          {item.archivedAt && <Badge variant="default">{t('items:archived')}</Badge>}
        </Group>
      }
      actions={
        <>
          <Presence people={people} />
          {actions}
          {item.myLevel === 'EDIT' && <SaveButton writing={writing} save={save} />}
          <ItemMenu item={item} here changed={(act) => (act === 'remove' ? void navigate({ to: listPage[kind] }) : refresh())}>
            {menu}
          </ItemMenu>
        </>
      }
      tools={tools}
    >
      <Notes writing={writing} closed={closed} label={label} compare={() => setDeciding(true)} by={by} />
      {children}
      <Conflicts opened={deciding && conflicts.length > 0} close={() => setDeciding(false)} conflicts={conflicts} by={by} decide={decide} />
    </Page>
  )
}
