import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { type Line, linesOf } from './lines'
import { CREATE_CONTACT } from './query'
import { SeveralLines } from './several-lines'
import { useWhy } from './wrong'

interface Props {
  list: string
  /** What was pasted. */
  text: string
  close(): void
  added(): void
}

/** Adds a contact for each line. */
export function Several({ list, text, close, added }: Props) {
  const { t } = useTranslation('lists')
  const client = useClient()
  const why = useWhy()
  const add = async ({ number: _, ...contact }: Line) => {
    if (!contact.email) return t('wrong.noEmail')
    const { data, error } = await client.mutation(CREATE_CONTACT, { input: { list, ...contact } }).toPromise()
    return why(error, data?.createContact.errors)
  }
  const words = {
    title: t('several.title'),
    about: t('several.words'),
    label: t('several.lines'),
    example: t('several.example'),
    add: (count: number) => t('several.add', { count }),
    done: (count: number) => t('several.done', { count }),
  }
  return <SeveralLines words={words} text={text} read={linesOf} add={add} close={close} added={added} />
}
