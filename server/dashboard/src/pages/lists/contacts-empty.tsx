import { Button } from '@mantine/core'
import { IconAddressBook, IconFileImport, IconUserQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../ui/empty'

interface Props {
  searched: boolean
  mayChange: boolean
  importFile(): void
}

/** Stands where no contact does. */
export function ContactsEmpty({ searched, mayChange, importFile }: Props) {
  const { t } = useTranslation('lists')
  if (searched) return <Empty icon={IconUserQuestion} title={t('noneTitle')} words={t('noneWords')} />
  return (
    <Empty icon={IconAddressBook} title={t('emptyTitle')} words={t(mayChange ? 'emptyWords' : 'emptyWordsView')}>
      {mayChange && (
        <Button leftSection={<IconFileImport size={16} />} onClick={importFile}>
          {t('import.open')}
        </Button>
      )}
    </Empty>
  )
}
