import { SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import type { BlacklistReason } from '../../api/gql/graphql'
import { SeveralLines } from '../lists/several-lines'
import { useWhy } from '../lists/wrong'
import { CREATE_ENTRY } from './query'
import { ReasonField } from './reason-field'

interface Props {
  blacklist: string
  /** What was pasted. */
  text: string
  close(): void
  added(): void
}

interface Line {
  number: number
  value: string
}

/** Adds an entry for each line, all for one reason. */
export function SeveralEntries({ blacklist, text, close, added }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const [reason, setReason] = useState<BlacklistReason>('MANUAL')
  const [note, setNote] = useState('')
  const add = async ({ value }: Line) => {
    const { data, error } = await client.mutation(CREATE_ENTRY, { input: { blacklist, value, reason, note } }).toPromise()
    return why(error, data?.createBlacklistEntry.errors)
  }
  const words = {
    title: t('entry.several'),
    about: t('entry.severalWords'),
    label: t('entry.severalLines'),
    example: t('entry.severalExample'),
    add: (count: number) => t('entry.addSeveral', { count }),
    done: (count: number) => t('entry.done', { count }),
  }
  return (
    <SeveralLines words={words} text={text} read={linesOf} add={add} close={close} added={added}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ReasonField value={reason} change={setReason} />
        <TextInput label={t('column.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} autoComplete="off" />
      </SimpleGrid>
    </SeveralLines>
  )
}

function linesOf(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, i) => (line.trim() ? [{ number: i + 1, value: line.trim() }] : []))
}
