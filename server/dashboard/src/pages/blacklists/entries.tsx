import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWindow } from '../../api/window'
import { Search } from '../../ui/search'
import { Working } from '../items/working'
import { ListPage } from '../lists/list-page'
import { ListRows } from '../lists/list-rows'
import { useView } from '../lists/view'
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

function EntryTable({ id }: { id: string }) {
  const { t } = useTranslation(['lists', 'frame'])
  const view = useView<Entry>()
  const { search } = view
  const list = useWindow({
    query: ENTRIES,
    variables: useMemo(() => ({ blacklist: id, search: search || null }), [id, search]),
    pick: entriesOf,
    answered: (data) => view.note(entriesOf(data)?.edges.map(({ node }) => node) ?? []),
  })
  const head = useBlacklistHead(id)
  const acts = useEntryActs(id, list.refresh)
  const mayChange = head?.myLevel === 'EDIT'
  const columns = useEntryColumns({ acts, mayChange, open: view.open })
  return (
    <ListPage
      target="blacklist"
      head={head}
      count={head?.entryCount}
      about={head && t('entries', { count: head.entryCount })}
      back={{ to: '/blacklists', label: t('frame:nav.blacklists') }}
      backFromGone={t('blacklist.back')}
      changed={list.refresh}
      tools={<Search key={view.round} label={t('searchEntries')} value={search} change={view.setSearch} />}
    >
      {(importFile) => (
        <>
          {mayChange && <AddEntry blacklist={id} added={list.refresh} several={view.paste} find={view.find} />}
          <ListRows
            label={head?.name ?? ''}
            list={list}
            columns={columns}
            name={(entry) => entry.value}
            view={view}
            mayChange={mayChange}
            empty={<EntriesEmpty searched={search !== ''} mayChange={mayChange} importFile={importFile} />}
          />
          {acts.progress ? <Working progress={acts.progress} /> : <EntriesBulk blacklist={id} view={view} total={list.total ?? 0} acts={acts} />}
          {view.opened !== undefined && <EntryPanel id={view.opened} mayChange={mayChange} acts={acts} close={() => view.open(undefined)} />}
          {view.pasted !== undefined && <SeveralEntries blacklist={id} text={view.pasted} close={() => view.paste(undefined)} added={list.refresh} />}
        </>
      )}
    </ListPage>
  )
}
