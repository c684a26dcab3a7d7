import { Group, Text } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from './session'

/** Says when what is on the screen does not follow changes: the browser is offline, or the server does not answer. */
export function ConnectionNote() {
  const { t } = useTranslation()
  const { line } = useSession()
  const { online } = useNetwork()
  const [long, setLong] = useState(false)
  const down = line !== 'open' || !online
  useEffect(() => {
    setLong(false)
    if (!down) return
    const timer = setTimeout(() => setLong(true), 3_000) // a moment without it is nobody's concern
    return () => clearTimeout(timer)
  }, [down])
  return (
    <div role="status">
      {long && (
        <Group gap={8} px={8} py={6} wrap="nowrap">
          <IconCloudOff size={16} stroke={1.7} />
          <Text size="xs">{online ? t('line.lost') : t('line.offline')}</Text>
        </Group>
      )}
    </div>
  )
}
