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
import { useContactActs } from './acts'
import { ContactsBulk } from './bulk'
import { useContactColumns } from './columns'
import { useColumnsKept } from './columns-kept'
import { ColumnsMenu } from './columns-menu'
import { ContactsEmpty } from './contacts-empty'
import { useHead } from './head'
import { ListPage } from './list-page'
import { ContactPanel } from './panel'
import { CONTACTS, type Contact, contactsOf } from './query'
import { QuickAdd } from './quick-add'
import { Several } from './several'

/** The contacts of the list that the address names. */
export function Contacts() {
  const { id = '' } = useParams({ strict: false })
  return <ContactTable key={id} id={id} />
}

const none: Selection = { all: false, ids: new Set() }

function ContactTable({ id }: { id: string }) {
  const { t } = useTranslation(['lists', 'frame'])
  const [search, setSearch] = useState({ text: '', round: 0 })
  const [selection, select] = useState<Selection>(none)
  const [opened, setOpened] = useState<string>()
  const [pasted, setPasted] = useState<string>()
  const columns = useColumnsKept(id)
  const [seen] = useState(() => new Map<string, Contact>())
  const list = useWindow({
    query: CONTACTS,
    variables: useMemo(() => ({ list: id, search: search.text || null }), [id, search.text]),
    pick: (data) => {
      const page = contactsOf(data)
      const contacts = page?.edges.map((edge) => edge.node) ?? []
      for (const contact of contacts) seen.set(contact.id, contact)
      columns.note(contacts)
      return page
    },
    follows: { rows: id },
  })
  const head = useHead(id)
  const acts = useContactActs(id, list.refresh)
  const mayChange = head?.myLevel === 'EDIT'
  const shown = useContactColumns({ columns, acts, mayChange, open: setOpened })
  const key = useCallback((c: Contact) => c.id, [])
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
      <Page title={t('frame:nav.lists')}>
        <Gone to="/lists" back={t('list.back')} />
      </Page>
    )
  const several = pasted !== undefined
  return (
    <ListPage
      target="contacts"
      head={head}
      count={head?.contactCount}
      about={head && t('contacts', { count: head.contactCount })}
      back={{ to: '/lists', label: t('frame:nav.lists') }}
      changed={list.refresh}
      tools={
        <>
          <Search key={search.round} label={t('search')} value={search.text} change={searched} />
          <ColumnsMenu columns={columns} />
        </>
      }
    >
      {(importFile) => (
        <>
          {mayChange && <QuickAdd list={id} added={list.refresh} several={setPasted} find={find} />}
          {list.error ? (
            <Away error={list.error} again={list.refresh} />
          ) : list.total === 0 ? (
            <ContactsEmpty searched={search.text !== ''} mayChange={mayChange} importFile={importFile} />
          ) : (
            <Rows
              label={head?.name ?? ''}
              list={list}
              columns={shown}
              id={key}
              name={(c) => c.email}
              rowHeight={44}
              {...(mayChange && { selection, select })}
            />
          )}
          {acts.progress ? (
            <Working progress={acts.progress} />
          ) : (
            <ContactsBulk list={id} search={search.text} total={list.total ?? 0} selection={selection} seen={seen} acts={acts} clear={() => select(none)} />
          )}
          {opened !== undefined && (
            <ContactPanel
              list={id}
              id={opened}
              names={columns.choices.flatMap((c) => c.field ?? [])}
              mayChange={mayChange}
              acts={acts}
              close={() => setOpened(undefined)}
            />
          )}
          {several && <Several list={id} text={pasted} close={() => setPasted(undefined)} added={list.refresh} />}
        </>
      )}
    </ListPage>
  )
}
