import { ActionIcon, Button, Text } from '@mantine/core'
import { IconFilterOff, IconInbox, IconUpload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../api/live'
import { useWindow } from '../../api/window'
import { useInsider } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import type { Selection } from '../../ui/rows'
import { none } from '../../ui/ticked'
import { filterOf, type LeadSearch } from './address'
import { Bulk } from './bulk'
import { Filters } from './filters'
import { ImportWindow } from './import'
import { Inbox } from './inbox'
import { useKeys } from './keys'
import classes from './leads.module.css'
import { Panel } from './panel'
import { LEADS, WAITING } from './queries'
import { Waiting } from './waiting'

/** The inbox: all leads that the viewer sees, and one of them beside. */
export function Leads() {
  const { t } = useTranslation('leads')
  const { collaborator: me } = useInsider()
  const search = useSearch({ from: '/inside/leads' })
  const navigate = useNavigate({ from: '/leads' })
  const { campaign, who, state, q, lead } = search
  const filter = useMemo(() => filterOf({ campaign, who, state, q }, me.id), [campaign, who, state, q, me.id])
  const list = useWindow({ query: LEADS, variables: useMemo(() => ({ filter }), [filter]), pick: (data) => data.leads })
  const { data } = useLiveQuery({ query: WAITING, variables: noVariables })
  const own = me.role === 'MEMBER' && data?.viewer.account?.memberLeads === 'OWN'
  const waiting = data?.waitingLeads ?? []

  const [selection, setSelection] = useSelection(list.key)
  const [importing, setImporting] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLElement>(null)
  const entered = useRef(false)
  const enter = useCallback(() => {
    entered.current = true
  }, [])

  const change = useCallback(
    (filter: Partial<LeadSearch>) => void navigate({ search: (before) => ({ ...before, ...filter }), replace: 'q' in filter }),
    [navigate],
  )
  const { step, close } = useKeys({ frame, panel, open: lead })
  const filtered = filter !== null
  const clear = () => void navigate({ search: (before) => ({ ...before, campaign: undefined, who: undefined, state: undefined, q: undefined }) })

  return (
    <Page
      title={t('title')}
      about={list.total === undefined ? undefined : t('count', { count: list.total })}
      actions={
        <>
          <Button variant="default" leftSection={<IconUpload size={16} stroke={1.8} />} onClick={() => setImporting(true)} visibleFrom="xs">
            {t('import.open')}
          </Button>
          <ActionIcon variant="default" onClick={() => setImporting(true)} aria-label={t('import.open')} hiddenFrom="xs">
            <IconUpload size={18} stroke={1.7} />
          </ActionIcon>
        </>
      }
      tools={<Filters search={search} change={change} own={own} waiting={waiting.reduce((sum, w) => sum + w.count, 0)} />}
    >
      {own && (
        <Text size="sm" c="dimmed" px="md" pb="xs">
          {t('own')}
        </Text>
      )}
      {waiting.length > 0 && <Waiting waiting={waiting} shown={who === 'nobody'} show={() => change({ who: 'nobody', campaign: undefined })} />}
      <div className={classes.split}>
        {list.error ? (
          <div className={classes.list}>
            <Away error={list.error} again={list.refresh} />
          </div>
        ) : list.total === 0 ? (
          <div className={classes.list} ref={frame}>
            {filtered ? (
              <Empty icon={IconFilterOff} title={t('empty.noneTitle')} words={t('empty.noneWords')}>
                <Button variant="default" onClick={clear}>
                  {t('filter.clear')}
                </Button>
              </Empty>
            ) : (
              <Empty icon={IconInbox} title={t('empty.title')} words={own ? t('empty.own') : t('empty.words')} />
            )}
          </div>
        ) : (
          <Inbox list={list} open={lead} selection={selection} select={setSelection} frame={frame} entered={enter} />
        )}
        {lead !== undefined && <Panel id={lead} frame={panel} list={frame} entered={entered} step={step} close={close} />}
      </div>
      <Bulk selection={selection} total={list.total ?? 0} filter={filter} campaign={campaign} clear={() => setSelection(none)} />
      {importing && <ImportWindow campaign={campaign} close={() => setImporting(false)} />}
    </Page>
  )
}

const noVariables = {}

/** What is ticked; nothing as soon as the list is another. */
function useSelection(listKey: string) {
  const [{ of, selection }, set] = useState({ of: listKey, selection: none })
  const choose = useCallback((chosen: Selection) => set({ of: listKey, selection: chosen }), [listKey])
  return [of === listKey ? selection : none, choose] as const
}
