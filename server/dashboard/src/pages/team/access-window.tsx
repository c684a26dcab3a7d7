// The access window (T2 to T7): every campaign of the account, with what one person has, or for several people what they are
// to be given. What is ticked is a draft until it is saved; what others change meanwhile is shown and does not touch it.

import { Button, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMail, IconMailOff } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import { isOpen } from '../../api/job'
import { workAsked } from '../../app/jobs-note'
import { Away } from '../../ui/away'
import { Empty } from '../../ui/empty'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import { Rows } from '../../ui/rows'
import { Search } from '../../ui/search'
import { told } from '../../ui/told'
import classes from './access.module.css'
import { useAccessColumns } from './access-columns'
import { AccessConfirm, useKept } from './access-confirm'
import { type AccessList, searched, useManyAccess, useOneAccess } from './access-list'
import { Leave, Saving } from './access-saving'
import { changeInput, count, type Draft, grantInput, isEmpty, mostChanges, nothing, saysAll } from './draft'
import type { Job } from './job'
import { isColleague, type TeamMember } from './people'

const SET = graphql(`
  mutation SetCampaignAccess($input: SetCampaignAccessInput!) {
    setCampaignAccess(input: $input) {
      job {
        ...JobFields
      }
      errors {
        message
      }
    }
  }
`)

const GRANT = graphql(`
  mutation GrantCampaignAccess($input: GrantCampaignAccessInput!) {
    grantCampaignAccess(input: $input) {
      job {
        ...JobFields
      }
      errors {
        message
      }
    }
  }
`)

interface Props {
  /** Whose access: one, for which access is given and taken, or several, for which it is only given (T10). */
  people: TeamMember[]
  close(): void
}

/** The access window. */
export function AccessWindow({ people, close }: Props) {
  const [one, another] = people
  if (!one) return null
  return another ? <Many people={people} close={close} /> : <One person={one} close={close} />
}

function One({ person, close }: { person: TeamMember; close(): void }) {
  const [typed, setTyped] = useState('')
  return <Frame people={[person]} access={useOneAccess(person.id, typed)} typed={typed} setTyped={setTyped} close={close} />
}

function Many({ people, close }: Props) {
  const [typed, setTyped] = useState('')
  return <Frame people={people} access={useManyAccess(typed)} typed={typed} setTyped={setTyped} close={close} />
}

interface FrameProps extends Props {
  access: AccessList
  typed: string
  setTyped(typed: string): void
}

function Frame({ people, access, typed, setTyped, close }: FrameProps) {
  const { t } = useTranslation(['team', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const [draft, setDraft] = useState<Draft>(nothing)
  const [step, setStep] = useState<'draft' | 'confirm' | 'leave'>('draft')
  const [asked, setAsked] = useState<Job>()
  const [set] = useAct(SET)
  const [grant] = useAct(GRANT)
  const { list, again } = access
  const adds = people.length > 1
  const reset = useCallback(() => {
    setDraft(nothing)
    again()
  }, [again])
  const save = async () => {
    const [first] = people
    const outcome = adds
      ? await grant({ input: { collaborators: people.map((p) => p.id), ...grantInput(draft) } })
      : await set({ input: { collaborator: first?.id ?? '', ...changeInput(draft) } })
    setStep('draft')
    if (!outcome.done) return
    workAsked()
    if (outcome.payload.job) setAsked(outcome.payload.job)
    else {
      told(t('access.nothingToDo'))
      reset()
    }
  }
  const busy = asked !== undefined && isOpen(asked)
  const leave = () => (isEmpty(draft) || busy ? close() : setStep('leave'))
  const kept = useKept(people, draft)
  const shown = access.counts && count(draft, access.counts, access.known, kept)
  const owner = !adds && people[0]?.role === 'OWNER'
  const columns = useAccessColumns({ draft, setDraft, counts: shown, foreign: access.foreign, busy, adds, owner })
  return (
    <>
      <Modal
        opened
        onClose={leave}
        title={people.length === 1 && people[0] ? t('access.title', { name: nameOf(people[0]) }) : t('access.titleMany', { count: people.length })}
        size={1080}
        fullScreen={narrow}
        closeOnEscape={step === 'draft'}
        trapFocus={step === 'draft'}
        closeOnClickOutside={false}
        classNames={{ content: classes.content, body: classes.body }}
      >
        <Stack gap="xs" className={classes.top}>
          <About people={people} />
          <Group gap="sm">
            <Search label={t('access.search')} value={typed} change={setTyped} />
            <Text size="xs" c="dimmed" aria-live="polite">
              {typed.trim() !== '' && searched(typed) === null
                ? t('access.twoLetters')
                : searched(typed) !== null && list.total !== undefined && !list.changing && t('access.found', { count: list.total })}
            </Text>
          </Group>
        </Stack>
        <div className={classes.list}>
          {list.error ? (
            <Away error={list.error} again={list.refresh} />
          ) : list.total === 0 ? (
            searched(typed) ? (
              <Empty icon={IconMailOff} title={t('access.noneTitle')} words={t('access.noneWords')} />
            ) : (
              <Empty icon={IconMail} title={t('access.emptyTitle')} words={t('access.emptyWords')} />
            )
          ) : (
            <Rows label={t('access.label')} list={list} columns={columns} id={(row) => row.id} name={(row) => row.name} />
          )}
        </div>
        {asked && <Saving key={asked.id} asked={asked} moved={setAsked} applied={reset} leave={() => setAsked(undefined)} />}
        {!busy && (
          <Group className={classes.foot} justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite" role="status">
              {draft.changes.size > mostChanges ? t('access.tooMany', { count: mostChanges }) : <Summary draft={draft} />}
            </Text>
            <Group gap="xs">
              <Button variant="subtle" color="gray" disabled={isEmpty(draft)} onClick={reset}>
                {t('access.reset')}
              </Button>
              <Button variant="default" onClick={leave} visibleFrom="sm">
                {t('frame:close')}
              </Button>
              <Button disabled={isEmpty(draft) || draft.changes.size > mostChanges} onClick={() => setStep('confirm')}>
                {t('frame:save')}
              </Button>
            </Group>
          </Group>
        )}
      </Modal>
      {step === 'confirm' && <AccessConfirm people={people} draft={draft} close={() => setStep('draft')} save={save} />}
      {step === 'leave' && <Leave stay={() => setStep('draft')} leave={close} />}
    </>
  )
}

/** What ticking does for these people. */
function About({ people }: { people: TeamMember[] }) {
  const { t, i18n } = useTranslation('team')
  const [one] = people
  if (people.length > 1) {
    const names = new Intl.ListFormat(i18n.language).format(people.slice(0, 5).map(nameOf))
    return (
      <Text size="sm" c="dimmed">
        {t('access.aboutMany', { names: people.length > 5 ? t('access.andMore', { names, count: people.length - 5 }) : names })}
      </Text>
    )
  }
  const words = one && !isColleague(one) ? 'aboutInvited' : one?.role === 'OWNER' ? 'aboutOwner' : 'about'
  return (
    <Text size="sm" c="dimmed">
      {t(`access.${words}`)}
    </Text>
  )
}

/** What would be saved, in short. */
function Summary({ draft }: { draft: Draft }) {
  const { t } = useTranslation('team')
  if (isEmpty(draft)) return t('access.unchanged')
  if (!saysAll(draft)) return t('access.changed', { count: draft.changes.size })
  return draft.changes.size === 0 ? t('access.changedAll') : t('access.changedAllBut', { count: draft.changes.size })
}
