import { Anchor, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../../ui/modal'
import type { HistorySearch } from './address'
import type { Line } from './history'
import classes from './history.module.css'

interface Props {
  line: Line
  close(): void
  put(part: HistorySearch): void
}

/** All that a line of the history says, and what of it is hashed. */
export function LineWindow({ line, close, put }: Props) {
  const { t, i18n } = useTranslation(['history', 'frame'])
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const only = (part: HistorySearch) => () => {
    put(part)
    close()
  }
  const properties = (id: string) => {
    close()
    void navigate({ to: '.', search: (before) => ({ ...before, properties: id }) })
  }
  const { actor, person, item } = line
  return (
    <Modal opened onClose={close} size={640} fullScreen={narrow} title={t('line.title', { number: line.number })}>
      <Stack gap="md">
        <Text>{line.words}</Text>
        <dl className={classes.facts}>
          <Fact name={t('column.at')}>{new Date(line.at).toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'long' })}</Fact>
          <Fact name={t('line.actor')}>{actor ? <Who of={actor} filter={t('line.onlyActor')} only={only({ actor: actor.id })} /> : t('line.server')}</Fact>
          {person && (
            <Fact name={t('line.person')}>
              <Who of={person} filter={t('line.onlyPerson')} only={only({ person: person.id })} />
            </Fact>
          )}
          {item && (
            <Fact name={t('line.item')}>
              {item.name}{' '}
              <Anchor component="button" type="button" size="sm" onClick={only({ item: item.id })}>
                {t('line.onlyItem')}
              </Anchor>{' '}
              <Anchor component="button" type="button" size="sm" onClick={() => properties(item.id)}>
                {t('line.whoSees')}
              </Anchor>
            </Fact>
          )}
          {line.details.map((detail) => (
            <Fact key={detail.name} name={<Code>{detail.name}</Code>}>
              {detail.value}
            </Fact>
          ))}
        </dl>
        <Stack gap={4}>
          <Copied title={t('line.record')} value={line.record} />
          <Text size="xs" c="dimmed">
            {t('line.recordWords')}
          </Text>
        </Stack>
        <Copied title={t('line.hash')} value={line.hash} />
      </Stack>
    </Modal>
  )
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm">
        {children}
      </Text>
    </div>
  )
}

function Who({ of, filter, only }: { of: NonNullable<Line['actor']>; filter: string; only(): void }) {
  return (
    <>
      {of.name} <span title={of.email}>({of.email})</span>{' '}
      <Anchor component="button" type="button" size="sm" onClick={only}>
        {filter}
      </Anchor>
    </>
  )
}

/** Text that is taken elsewhere as it is. */
export function Copied({ title, value }: { title: string; value: string }) {
  const { t } = useTranslation(['history', 'frame'])
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {window.isSecureContext && (
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="subtle" onClick={copy} aria-live="polite">
                {copied ? t('copied') : t('copy')}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      <Code block className={classes.code}>
        {value}
      </Code>
    </Stack>
  )
}
