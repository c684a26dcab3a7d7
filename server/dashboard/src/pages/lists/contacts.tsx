import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWindow } from '../../api/window'
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
import { ListRows } from './list-rows'
import { ContactPanel } from './panel'
import { CONTACTS, type Contact, contactsOf } from './query'
import { QuickAdd } from './quick-add'
import { Several } from './several'
import { useView } from './view'

/** The contacts of the list that the address names. */
export function Contacts() {
  const { id = '' } = useParams({ strict: false })
  return <ContactTable key={id} id={id} />
}

function ContactTable({ id }: { id: string }) {
  const { t } = useTranslation(['lists', 'frame'])
  const view = useView<Contact>()
  const { search } = view
  const columns = useColumnsKept(id)
  const list = useWindow({
    query: CONTACTS,
    variables: useMemo(() => ({ list: id, search: search || null }), [id, search]),
    pick: contactsOf,
    answered: (data) => {
      const contacts = contactsOf(data)?.edges.map(({ node }) => node) ?? []
      view.note(contacts)
      columns.note(contacts)
    },
  })
  const head = useHead(id)
  const acts = useContactActs(id, list.refresh)
  const mayChange = head?.myLevel === 'EDIT'
  const shown = useContactColumns({ columns, acts, mayChange, open: view.open })
  return (
    <ListPage
      target="contacts"
      head={head}
      count={head?.contactCount}
      about={head && t('contacts', { count: head.contactCount })}
      back={{ to: '/lists', label: t('frame:nav.lists') }}
      backFromGone={t('list.back')}
      changed={list.refresh}
      tools={
        <>
          <Search key={view.round} label={t('search')} value={search} change={view.setSearch} />
          <ColumnsMenu columns={columns} />
        </>
      }
    >
      {(importFile) => (
        <>
          {mayChange && <QuickAdd list={id} added={list.refresh} several={view.paste} find={view.find} />}
          <ListRows
            label={head?.name ?? ''}
            list={list}
            columns={shown}
            name={(contact) => contact.email}
            view={view}
            mayChange={mayChange}
            empty={<ContactsEmpty searched={search !== ''} mayChange={mayChange} importFile={importFile} />}
          />
          {acts.progress ? <Working progress={acts.progress} /> : <ContactsBulk list={id} view={view} total={list.total ?? 0} acts={acts} />}
          {view.opened !== undefined && (
            <ContactPanel
              id={view.opened}
              names={columns.choices.flatMap((c) => c.field ?? [])}
              mayChange={mayChange}
              acts={acts}
              close={() => view.open(undefined)}
            />
          )}
          {view.pasted !== undefined && <Several list={id} text={view.pasted} close={() => view.paste(undefined)} added={list.refresh} />}
        </>
      )}
    </ListPage>
  )
}
