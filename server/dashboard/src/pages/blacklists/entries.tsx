import { useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWindow } from '../../api/window'
import { Away } from '../../ui/away'
import { Gone } from '../../ui/gone'
import { Page } from '../../ui/page'
import { Rows, type Selection } from '../../ui/rows'
import { Search } from '../../ui/search'
import { Working } from '../items/working'
import { ListPage } from '../lists/list-page'
import { useEntryActs } from './acts'
import { AddEntry } from './add-entry'
import { EntriesBulk } from './bulk'
import { useEntryColumns } from './columns'
import { EntriesEmpty } from './entries-empty'
import { useBlacklistHead } from './head'
import { EntryPanel } from './panel'
import { ENTRIES, type Entry, entriesOf } from './query'
import { SeveralEntries } from './several'

/** The entries of the blacklist that the address names. */
export function Entries() {
  const { id = '' } = useParams({ strict: false })
  return <EntryTable key={id} id={id} />
}

const none: Selection = { all: false, ids: new Set() }

function EntryTable({ id }: { id: string }) {
  const { t } = useTranslation(['lists', 'frame'])
  const [search, setSearch] = useState({ text: '', round: 0 })
  const [selection, select] = useState<Selection>(none)
  const [opened, setOpened] = useState<string>()
  const [pasted, setPasted] = useState<string>()
  const [seen] = useState(() => new Map<string, Entry>())
  const list = useWindow({
    query: ENTRIES,
    variables: useMemo(() => ({ blacklist: id, search: search.text || null }), [id, search.text]),
    pick: (data) => {
      const page = entriesOf(data)
      for (const { node } of page?.edges ?? []) seen.set(node.id, node)
      return page
    },
    follows: { rows: id },
  })
  const head = useBlacklistHead(id)
  const acts = useEntryActs(id, list.refresh)
  const mayChange = head?.myLevel === 'EDIT'
  const columns = useEntryColumns({ acts, mayChange, open: setOpened })
  const key = useCallback((entry: Entry) => entry.id, [])
  const find = useCallback((text: string) => {
    setSearch(({ round }) => ({ text, round: round + 1 }))
    select(none)
  }, [])
  const searched = useCallback((text: string) => {
    setSearch((before) => ({ ...before, text }))
    select(none)
  }, [])
  if (head === null)
    return (
      <Page title={t('frame:nav.blacklists')}>
        <Gone to="/blacklists" back={t('blacklist.back')} />
      </Page>
    )
  return (
    <ListPage
      target="blacklist"
      head={head}
      count={head?.entryCount}
      about={head && t('entries', { count: head.entryCount })}
      back={{ to: '/blacklists', label: t('frame:nav.blacklists') }}
      changed={list.refresh}
      tools={<Search key={search.round} label={t('searchEntries')} value={search.text} change={searched} />}
    >
      {(importFile) => (
        <>
          {mayChange && <AddEntry blacklist={id} added={list.refresh} several={setPasted} find={find} />}
          {list.error ? (
            <Away error={list.error} again={list.refresh} />
          ) : list.total === 0 ? (
            <EntriesEmpty searched={search.text !== ''} mayChange={mayChange} importFile={importFile} />
          ) : (
            <Rows
              label={head?.name ?? ''}
              list={list}
              columns={columns}
              id={key}
              name={(entry) => entry.value}
              rowHeight={44}
              {...(mayChange && { selection, select })}
            />
          )}
          {acts.progress ? (
            <Working progress={acts.progress} />
          ) : (
            <EntriesBulk blacklist={id} search={search.text} total={list.total ?? 0} selection={selection} seen={seen} acts={acts} clear={() => select(none)} />
          )}
          {opened !== undefined && <EntryPanel blacklist={id} id={opened} mayChange={mayChange} acts={acts} close={() => setOpened(undefined)} />}
          {pasted !== undefined && <SeveralEntries blacklist={id} text={pasted} close={() => setPasted(undefined)} added={list.refresh} />}
        </>
      )}
    </ListPage>
  )
}
