import { Button, Text, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconHistory, IconLock, IconShieldCheck } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { graphql } from '../../api/gql'
import type { HistoryQuery } from '../../api/gql/graphql'
import { useWindow } from '../../api/window'
import { useInsider, useOwner } from '../../app/session'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { type Column, Rows } from '../../ui/rows'
import { Ago } from '../../ui/time'
import { filterOf, type HistorySearch } from './address'
import { CheckWindow } from './check'
import { Filters } from './filters'
import classes from './history.module.css'
import { LineWindow } from './line'

const HISTORY = graphql(`
  query History($first: Int!, $skip: Int!, $filter: HistoryFilter!) {
    history(first: $first, skip: $skip, filter: $filter) {
      totalCount
      edges {
        node {
          number
          at
          words
          verb
          record
          hash
          actor {
            id
            name
            email
          }
          person {
            id
            name
            email
          }
          item {
            id
            kind
            name
          }
          details {
            name
            value
          }
        }
      }
    }
  }
`)

/** One thing that was done. */
export type Line = HistoryQuery['history']['edges'][number]['node']

/** Who did what in the account, for its owners. */
export function History() {
  const { t } = useTranslation(['history', 'frame'])
  return useOwner() ? (
    <Lines />
  ) : (
    <Page title={t('frame:nav.history')} scrolls>
      <Empty icon={IconLock} title={t('ownersOnly')} words={t('ownersOnlyWords')} />
    </Page>
  )
}

function Lines() {
  const { t } = useTranslation(['history', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { account } = useInsider()
  const search = useSearch({ from: '/inside/history' })
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Line>()
  const [checking, setChecking] = useState(false)
  const variables = useMemo(() => ({ filter: filterOf(search, account.timeZone) }), [search, account.timeZone])
  const list = useWindow({ query: HISTORY, variables, pick: (data) => data.history })
  const columns = useColumns(narrow, setOpened)
  const put = useCallback((part: HistorySearch) => void navigate({ to: '/history', search: (before) => ({ ...before, ...part }), replace: true }), [navigate])
  const id = useCallback((line: Line) => String(line.number), [])
  const filtered = Object.values(variables.filter).some((v) => v !== null)
  return (
    <Page
      title={t('frame:nav.history')}
      about={list.total === undefined ? undefined : t('count', { count: list.total })}
      actions={
        <Button variant="default" leftSection={<IconShieldCheck size={17} stroke={1.8} />} onClick={() => setChecking(true)}>
          {t('check.open')}
        </Button>
      }
      tools={<Filters search={search} put={put} sample={list.row(0)} filtered={filtered} />}
    >
      {list.error ? (
        <Away error={list.error} again={list.refresh} />
      ) : list.total === 0 ? (
        <Empty icon={IconHistory} title={filtered ? t('noneTitle') : t('emptyTitle')} words={filtered ? t('noneWords') : t('emptyWords')} />
      ) : (
        <Rows label={t('frame:nav.history')} list={list} columns={columns} id={id} name={(line) => line.words} rowHeight={narrow ? 92 : 56} />
      )}
      {opened && <LineWindow line={opened} close={() => setOpened(undefined)} put={put} />}
      {checking && <CheckWindow close={() => setChecking(false)} />}
    </Page>
  )
}

function useColumns(narrow: boolean, open: (line: Line) => void): Column<Line>[] {
  const { t } = useTranslation(['history', 'frame'])
  return useMemo(
    () => [
      {
        id: 'words',
        header: t('column.words'),
        cell: ({ row: { original: line } }) => (
          <UnstyledButton className={classes.line} onClick={() => open(line)}>
            <Text size="sm" lineClamp={narrow ? 3 : 2} className={classes.words}>
              {line.words}
            </Text>
            {narrow && (
              <Text size="xs" c="dimmed">
                <Ago moment={line.at} />
              </Text>
            )}
          </UnstyledButton>
        ),
      },
      {
        id: 'number',
        header: t('column.number'),
        width: '84px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed">
            {row.original.number}
          </Text>
        ),
      },
      {
        id: 'at',
        header: t('column.at'),
        width: '140px',
        wide: true,
        cell: ({ row }) => (
          <Text size="sm" c="dimmed">
            <Ago moment={row.original.at} />
          </Text>
        ),
      },
    ],
    [t, narrow, open],
  )
}
