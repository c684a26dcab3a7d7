import { Anchor, Button, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconEyeOff } from '@tabler/icons-react'
import { useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refuses } from '../../api/client'
import { graphql } from '../../api/gql'
import type { ItemPropertiesQuery } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { useInsider } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { kindIcons } from '../../ui/kind-icon'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import { AddPeople } from './add'
import { Audience } from './audience'
import { People } from './people'
import { Why, WhyMe } from './why'
import classes from './window.module.css'

// Without ids the cache has this answer for itself. Otherwise what other lists read of an item that is gone would bring it back.
const PROPERTIES = graphql(`
  query ItemProperties($item: ID!) {
    properties(item: $item) {
      mayChange
      item {
        kind
        name
        audience
        creator {
          firstName
          lastName
        }
      }
    }
  }
`)

/** What the window shows of its item. */
export type Shared = ItemPropertiesQuery['properties']['item'] & { id: string }

/** The properties of an item: who sees it and why, and for those who may, changing that (S9, S10). */
export function PropertiesWindow({ item, close }: { item: string; close(): void }) {
  const { t } = useTranslation(['properties', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { data, error, refresh } = useLiveQuery({ query: PROPERTIES, variables: { item } })
  const properties = data?.properties
  const gone = error !== undefined && refuses(error)
  const shown = properties?.item
  const Picture = shown ? kindIcons[shown.kind] : undefined
  return (
    <Modal
      opened
      onClose={close}
      size={620}
      fullScreen={narrow}
      classNames={{ content: classes.content, body: classes.body, title: classes.title, header: classes.header }}
      title={
        <Group gap="sm" wrap="nowrap">
          {Picture && (
            <ThemeIcon variant="light" size="lg" aria-hidden>
              <Picture size={18} stroke={1.7} />
            </ThemeIcon>
          )}
          <div className={classes.names}>
            <Text component="span" display="block" fw={650} truncate>
              {shown?.name ?? t('title')}
            </Text>
            <Text component="span" display="block" size="xs" c="dimmed" truncate>
              {shown && (shown.creator ? t(`madeBy.${shown.kind}`, { name: nameOf(shown.creator) }) : t(`kind.${shown.kind}`))}
            </Text>
          </div>
        </Group>
      }
    >
      {gone ? (
        <Empty icon={IconEyeOff} title={t('frame:gone.title')} words={t('frame:gone.words')}>
          <Button onClick={close}>{t('frame:close')}</Button>
        </Empty>
      ) : properties ? (
        <Content key={item} item={{ ...properties.item, id: item }} mayChange={properties.mayChange} changed={refresh} />
      ) : error ? (
        <Away error={error} again={refresh} />
      ) : (
        <Stack gap="lg" aria-busy="true" mih={420}>
          <Skeleton height={36} />
          <Skeleton height={52} />
          <Skeleton height={280} />
        </Stack>
      )}
    </Modal>
  )
}

function Content({ item, mayChange, changed }: { item: Shared; mayChange: boolean; changed(): void }) {
  const { t } = useTranslation(['properties', 'frame'])
  const { collaborator } = useInsider()
  const [asking, setAsking] = useState(false)
  const [round, again] = useReducer((n: number) => n + 1, 0)
  return (
    <Stack gap="lg" className={classes.parts}>
      {mayChange ? <AddPeople item={item} added={again} /> : <WhyMe item={item.id} me={collaborator.id} creator={item.creator} />}
      <Audience
        item={item}
        mayChange={mayChange}
        changed={() => {
          changed()
          again()
        }}
      />
      <People item={item} mayChange={mayChange} round={round} />
      {mayChange &&
        (asking ? (
          <Why item={item.id} />
        ) : (
          <Anchor component="button" type="button" size="sm" ta="start" w="fit-content" onClick={() => setAsking(true)}>
            {t('why.ask')}
          </Anchor>
        ))}
    </Stack>
  )
}
