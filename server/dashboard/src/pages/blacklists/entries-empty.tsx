import { Button } from '@mantine/core'
import { IconBan, IconFileImport, IconZoomExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../ui/empty'

interface Props {
  searched: boolean
  mayChange: boolean
  importFile(): void
}

/** Stands where no entry does. */
export function EntriesEmpty({ searched, mayChange, importFile }: Props) {
  const { t } = useTranslation('lists')
  if (searched) return <Empty icon={IconZoomExclamation} title={t('entry.noneTitle')} words={t('entry.noneWords')} />
  return (
    <Empty icon={IconBan} title={t('entry.emptyTitle')} words={t(mayChange ? 'entry.emptyWords' : 'entry.emptyWordsView')}>
      {mayChange && (
        <Button leftSection={<IconFileImport size={16} />} onClick={importFile}>
          {t('import.open')}
        </Button>
      )}
    </Empty>
  )
}
