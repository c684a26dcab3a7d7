// What an owner does with people of the team.

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { Role } from '../../api/gql/graphql'
import { useConfirm } from '../../ui/confirm'
import { nameOf } from '../../ui/person'
import { told, toldUndo } from '../../ui/told'
import { type Credits, type Invited, isColleague, type TeamMember } from './people'

const CHANGE = graphql(`
  mutation ChangePeople($input: ChangePeopleInput!) {
    changePeople(input: $input) {
      collaborators {
        ...TeamPerson
      }
      errors {
        message
      }
    }
  }
`)

const CHANGE_INVITATION = graphql(`
  mutation ChangeInvitationRights($input: ChangeInvitationInput!) {
    changeInvitation(input: $input) {
      invitation {
        ...TeamPerson
      }
      errors {
        message
      }
    }
  }
`)

const REACTIVATE = graphql(`
  mutation ReactivatePeople($input: ReactivatePeopleInput!) {
    reactivatePeople(input: $input) {
      collaborators {
        ...TeamPerson
      }
      errors {
        message
      }
    }
  }
`)

const AWAY = graphql(`
  mutation SetAway($input: SetAwayInput!) {
    setAway(input: $input) {
      collaborator {
        id
        awayUntil
      }
      errors {
        message
      }
    }
  }
`)

const RESEND = graphql(`
  mutation ResendInvitationInTeam($input: InvitationInput!) {
    resendInvitation(input: $input) {
      invitation {
        ...TeamPerson
      }
      errors {
        message
      }
    }
  }
`)

const WITHDRAW = graphql(`
  mutation WithdrawInvitationInTeam($input: InvitationInput!) {
    withdrawInvitation(input: $input) {
      withdrawnInvitationId
      errors {
        message
      }
    }
  }
`)

/** What changes of people: one of these. */
export type Patch = { role: Role } | { canSend: boolean } | { canExport: boolean } | { credits: Credits }

/** Gives people another role or right, in one step for those who have the same. */
function useGive() {
  const [change] = useAct(CHANGE)
  const [changeInvitation] = useAct(CHANGE_INVITATION)
  return useCallback(
    async (people: TeamMember[], patch: Patch): Promise<boolean> => {
      const colleagues = people.filter(isColleague)
      if (colleagues.length > 0) {
        const outcome = await change({ input: { collaborators: colleagues.map((p) => p.id), ...patch } })
        if (!outcome.done) return false
      }
      if ('credits' in patch) return true // the invited are given theirs once they are here
      for (const invited of people.filter((p) => !isColleague(p))) {
        const outcome = await changeInvitation({ input: { invitation: invited.id, ...patch } })
        if (!outcome.done) return false
      }
      return true
    },
    [change, changeInvitation],
  )
}

/**
 * Functions that do it, say that it was done, and offer to take it back where that can be. They call back once something has
 * changed: the server gives no hint of changes of invitations.
 */
export function useTeamActs(changed?: () => void) {
  const { t } = useTranslation(['team', 'frame'])
  const ask = useConfirm()
  const give = useGive()
  const [reactivatePeople] = useAct(REACTIVATE)
  const [setAway] = useAct(AWAY)
  const [resendInvitation] = useAct(RESEND)
  const [withdrawInvitation] = useAct(WITHDRAW)
  const whom = (people: TeamMember[]) => {
    const [one, another] = people
    return one && !another ? nameOf(one) : t('people', { count: people.length })
  }

  const sayChange = (name: string, patch: Patch) => {
    if ('role' in patch) return t('told.role', { name, role: t(`frame:role.${patch.role}`) })
    if ('credits' in patch) return t('told.credits', { name, credits: t(`credits.${patch.credits.period}`, { count: patch.credits.amount }) })
    return t('told.rights', { name })
  }

  const change = async (people: TeamMember[], patch: Patch): Promise<boolean> => {
    const differ = people.filter((p) => !same(had(p, patch), patch))
    if (differ.length === 0) {
      told(t('told.already'))
      return true
    }
    if ('role' in patch && patch.role === 'OWNER') {
      const yes = await ask({ title: t('ask.owner', { name: whom(differ), count: differ.length }), words: t('ask.ownerWords'), yes: t('ask.ownerYes') })
      if (!yes) return false
    }
    if (!(await give(differ, patch))) return false
    changed?.()
    toldUndo(sayChange(whom(differ), patch), t('frame:undo'), async () => {
      for (const [before, group] of grouped(differ, patch)) if (!(await give(group, before))) return
      changed?.()
      told(t('told.undone'))
    })
    return true
  }

  const reactivate = async (people: TeamMember[]) => {
    const outcome = await reactivatePeople({ input: { collaborators: people.map((p) => p.id) } })
    if (outcome.done) told(t('told.reactivated', { name: whom(people) }))
  }

  const back = async (person: TeamMember, until: string | null | undefined) => {
    const outcome = await setAway({ input: { collaborator: person.id, until: null } })
    if (!outcome.done) return
    toldUndo(t('told.back', { name: nameOf(person) }), t('frame:undo'), () => void setAway({ input: { collaborator: person.id, until } }))
  }

  const away = async (person: TeamMember, until: string): Promise<boolean> => {
    const outcome = await setAway({ input: { collaborator: person.id, until } })
    return outcome.done
  }

  const resend = async (invited: Invited) => {
    const outcome = await resendInvitation({ input: { invitation: invited.id } })
    if (!outcome.done) return
    changed?.()
    told(t('told.resent', { email: invited.email }))
  }

  const withdraw = async (invited: Invited[]) => {
    const yes = await ask({
      title: t('ask.withdraw', { name: whom(invited), count: invited.length }),
      words: t('ask.withdrawWords'),
      yes: t('ask.withdrawYes'),
      danger: true,
    })
    if (!yes) return
    for (const one of invited) {
      const outcome = await withdrawInvitation({ input: { invitation: one.id } })
      if (!outcome.done) return
    }
    changed?.()
    told(t('told.withdrawn', { name: whom(invited), count: invited.length }))
  }

  return { change, reactivate, away, back, resend, withdraw }
}

/** What somebody has now of what a patch changes. */
function had(person: TeamMember, patch: Patch): Patch {
  if ('role' in patch) return { role: person.role }
  if ('canSend' in patch) return { canSend: person.canSend }
  if ('canExport' in patch) return { canExport: person.canExport }
  const { period, amount } = (isColleague(person) && person.credits) || none
  return { credits: { period, amount } }
}

const none: Credits = { period: 'NONE', amount: 0 }

const same = (a: Patch, b: Patch) => JSON.stringify(a) === JSON.stringify(b)

/** What people had before a change, and who had it. */
function grouped(people: TeamMember[], patch: Patch): [Patch, TeamMember[]][] {
  const groups = new Map<string, [Patch, TeamMember[]]>()
  for (const person of people) {
    const before = had(person, patch)
    const key = JSON.stringify(before)
    const group = groups.get(key) ?? [before, []]
    group[1].push(person)
    groups.set(key, group)
  }
  return [...groups.values()]
}
