// What is done to contacts, one or many at once.

import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import type { ContactState } from '../../api/gql/graphql'
import { useConfirm } from '../../ui/confirm'
import { failed, told, toldUndo } from '../../ui/told'
import type { Progress } from '../items/each'
import { useEachTold } from './each-told'
import { CHANGE_CONTACT, type Contact, CREATE_CONTACT, DELETE_CONTACT } from './query'
import { useWhy } from './wrong'

/** A contact as far as acting on it needs. */
export type Named = Pick<Contact, 'id' | 'email' | 'state' | 'version'>

export interface ContactActs {
  unsubscribe(contacts: readonly Named[]): Promise<void>
  /** Asks first: nobody may be mailed again by mistake. */
  resubscribe(contacts: readonly Named[]): Promise<void>
  /** Deletes one contact; asks first where it could not be brought back as it was. */
  remove(contact: Contact): Promise<void>
  /** Asks, and deletes. */
  removeAll(contacts: readonly Named[]): Promise<void>
  /** How far it has come, while that takes a while. */
  progress: Progress | undefined
}

/** What can be done to the contacts of a list; `changed` reads it again. */
export function useContactActs(list: string, changed: () => void): ContactActs {
  const { t } = useTranslation(['lists', 'frame'])
  const client = useClient()
  const ask = useConfirm()
  const why = useWhy()
  const [run, progress] = useEachTold(changed)

  const acts = useMemo(() => {
    /** Gives contacts a state; returns them at their new versions. */
    const turn = async (contacts: readonly Named[], state: ContactState): Promise<Named[]> => {
      const turned: Named[] = []
      await run(contacts, async ({ id, version }) => {
        const { data, error } = await client.mutation(CHANGE_CONTACT, { input: { id, baseVersion: version, state } }).toPromise()
        const reason = why(error, data?.changeContact.errors)
        if (reason !== undefined) return reason
        const contact = data?.changeContact.contact
        if (!contact || data.changeContact.conflicts.length > 0) return t('wrong.meanwhile')
        turned.push(contact)
        return undefined
      })
      return turned
    }

    const unsubscribe = async (contacts: readonly Named[]) => {
      const turned = await turn(
        contacts.filter((c) => c.state === 'SUBSCRIBED'),
        'UNSUBSCRIBED',
      )
      const [first] = turned
      if (first) toldUndo(t('did.unsubscribe', { count: turned.length, email: first.email }), t('frame:undo'), () => void turn(turned, 'SUBSCRIBED'))
    }

    const resubscribe = async (contacts: readonly Named[]) => {
      const out = contacts.filter((c) => c.state !== 'SUBSCRIBED')
      const [first] = out
      if (!first) return
      const question = {
        title: t('resubscribe.title', { count: out.length, email: first.email }),
        words: t(`resubscribe.words.${out.length > 1 || first.state === 'SUBSCRIBED' ? 'many' : first.state}`),
        yes: t('resubscribe.yes'),
      }
      if (!(await ask(question))) return
      const turned = await turn(out, 'SUBSCRIBED')
      if (turned.length > 0) told(t('did.resubscribe', { count: turned.length, email: first.email }))
    }

    const erase = (contacts: readonly Named[]) =>
      run(contacts, async ({ id }) => {
        const { data, error } = await client.mutation(DELETE_CONTACT, { id }).toPromise()
        return why(error, data?.deleteContact.errors)
      })

    const removeAll = async (contacts: readonly Named[]) => {
      const [first] = contacts
      if (!first) return
      const kept = contacts.filter((c) => c.state !== 'SUBSCRIBED').length
      const question = {
        title: t('remove.title', { count: contacts.length, email: first.email }),
        words: (
          <>
            <Text size="sm">{t('remove.words', { count: contacts.length })}</Text>
            {kept > 0 && (
              <Text size="sm" mt="xs">
                {contacts.length === 1
                  ? t(`remove.keeps.${first.state === 'SUBSCRIBED' ? 'UNSUBSCRIBED' : first.state}`)
                  : t('remove.keepsMany', { count: kept })}
              </Text>
            )}
          </>
        ),
        yes: t('remove.yes', { count: contacts.length }),
        danger: true,
      }
      if (!(await ask(question))) return
      const gone = await erase(contacts)
      if (gone.length > 0) told(t('did.remove', { count: gone.length, email: first.email }))
    }

    const remove = async (contact: Contact) => {
      // Made anew it would be one that is mailed.
      if (contact.state !== 'SUBSCRIBED') return removeAll([contact])
      const gone = await erase([contact])
      if (gone.length > 0) toldUndo(t('did.remove', { count: 1, email: contact.email }), t('frame:undo'), () => void bringBack(contact))
    }

    const bringBack = async ({ email, firstName, lastName, company, city, fields }: Contact) => {
      const input = { list, email, firstName, lastName, company, city, fields: fields.map(({ name, value }) => ({ name, value })) }
      const { data, error } = await client.mutation(CREATE_CONTACT, { input }).toPromise()
      const reason = why(error, data?.createContact.errors)
      changed()
      if (reason === undefined) told(t('did.bringBack', { email }))
      else failed(reason)
    }

    return { unsubscribe, resubscribe, remove, removeAll }
  }, [list, changed, client, ask, why, run, t])
  return { ...acts, progress }
}
