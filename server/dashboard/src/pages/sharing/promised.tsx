import { ActionIcon, Checkbox, NativeSelect, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { KindIcon } from '../../ui/kind-icon'
import { type FoundItem, ItemSelect } from './item-select'
import classes from './sharing.module.css'

/** Access to an item that comes with an invitation. */
export interface PromisedItem {
  item: FoundItem
  level: 'VIEW' | 'EDIT'
  roundRobin: boolean
}

interface Props {
  access: readonly PromisedItem[]
  change(access: readonly PromisedItem[]): void
  /** How many items there are beyond those; then they are not changed here. */
  more: number
  error: string | undefined
}

/** Which items an invitation gives access to, how much, and whether the person joins a campaign's rotation. */
export function Promised({ access, change, more, error }: Props) {
  const { t } = useTranslation(['sharing', 'frame'])
  const without = useMemo(() => new Set(access.map((a) => a.item.id)), [access])
  const put = (changed: PromisedItem) => change(access.map((a) => (a.item.id === changed.item.id ? changed : a)))
  if (more > 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('promised.many', { count: access.length + more })}
      </Text>
    )
  }
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={600}>
          {t('promised.title')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('promised.words')}
        </Text>
      </div>
      <ItemSelect
        label={t('promised.add')}
        bare
        value={null}
        without={without}
        change={(item) => item && change([...access, { item, level: 'EDIT', roundRobin: false }])}
      />
      {access.length > 0 && (
        <ul className={classes.promised} style={{ margin: 0, padding: 0, listStyle: 'none' }} aria-label={t('promised.title')}>
          {access.map((promise) => (
            <li key={promise.item.id} className={classes.promise}>
              <span className={classes.item}>
                <KindIcon kind={promise.item.kind} />
                <Text size="sm" truncate>
                  {promise.item.name}
                </Text>
              </span>
              {promise.item.kind === 'CAMPAIGN' && (
                <Checkbox
                  size="xs"
                  label={t('promised.roundRobin')}
                  checked={promise.roundRobin}
                  onChange={(e) => put({ ...promise, roundRobin: e.currentTarget.checked, ...(e.currentTarget.checked && { level: 'EDIT' }) })}
                />
              )}
              <NativeSelect
                size="xs"
                aria-label={t('promised.level', { name: promise.item.name })}
                value={promise.level}
                data={(['EDIT', 'VIEW'] as const).map((value) => ({ value, label: t(`level.${value}`) }))}
                onChange={(e) => put(e.currentTarget.value === 'VIEW' ? { ...promise, level: 'VIEW', roundRobin: false } : { ...promise, level: 'EDIT' })}
              />
              <ActionIcon size="md" aria-label={t('promised.remove', { name: promise.item.name })} onClick={() => change(access.filter((a) => a !== promise))}>
                <IconX size={16} stroke={1.8} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  )
}
