// Who is given the leads of a campaign, in their order. Owners change it by dragging, by the arrow keys or from the menu.

import { Badge, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconUser } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui/menu'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'
import { RowMenu } from '../../ui/row-menu'
import { Ago } from '../../ui/time'
import { MenuLink, TextLink } from '../items/link'
import { useOrder } from './order'
import classes from './rotation.module.css'
import type { Place, Rotation } from './rotation-queries'

interface Props {
  rotation: Rotation
  /** Whether the viewer may change the order. */
  may: boolean
  refresh(): void
}

/** A row being dragged: from where, to where, how far the pointer went, and the middles of all rows as they were. */
interface Drag {
  from: number
  to: number
  by: number
  start: number
  height: number
  middles: number[]
}

/** The people of a rotation. */
export function RotationPeople({ rotation, may, refresh }: Props) {
  const { t } = useTranslation('leads')
  const { shown, move } = useOrder(rotation.campaign.id, rotation.people, refresh)
  const [drag, setDrag] = useState<Drag>()
  const [said, say] = useState('')
  const handles = useRef(new Map<string, HTMLButtonElement>())
  const follow = useRef<string>(undefined)
  const total = shown.length

  // Moving a row takes the focus from what is in it.
  useEffect(() => {
    if (follow.current === undefined) return
    handles.current.get(follow.current)?.focus()
    follow.current = undefined
  })

  const put = (from: number, to: number) => {
    const place = shown[from]
    if (!place || to < 0 || to >= total || to === from) return
    move(from, to)
    say(t('rotation.moved', { name: nameOf(place.collaborator), position: to + 1, total }))
  }
  const handle = (index: number, id: string) => ({
    ref: (button: HTMLButtonElement | null) => void (button ? handles.current.set(id, button) : handles.current.delete(id)),
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!by) return
      event.preventDefault()
      follow.current = id
      put(index, index + by)
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const row = event.currentTarget.closest('li')
      const rows = row?.parentElement?.querySelectorAll('li')
      if (!row || !rows) return
      const middles = [...rows].map((r) => r.offsetTop + r.offsetHeight / 2)
      setDrag({ from: index, to: index, by: 0, start: event.clientY, height: row.offsetHeight, middles })
    },
    onPointerMove: (event: PointerEvent) => {
      if (!drag) return
      const { from, middles, start } = drag
      const here = middles[from] ?? 0
      const by = Math.max((middles[0] ?? here) - here, Math.min((middles.at(-1) ?? here) - here, event.clientY - start))
      const to = middles.filter((middle, i) => i !== from && (i < from ? middle < here + by : middle <= here + by)).length
      setDrag({ ...drag, by, to })
    },
    onPointerUp: () => {
      if (drag) put(drag.from, drag.to)
      setDrag(undefined)
    },
    onPointerCancel: () => setDrag(undefined),
  })

  return (
    <>
      <ol className={classes.people} aria-label={t('rotation.people')} data-dragging={drag ? true : undefined}>
        {shown.map((place, index) => (
          <li key={place.collaborator.id} className={classes.place} style={{ transform: shift(drag, index) }} data-dragged={drag?.from === index || undefined}>
            {may && total > 1 && (
              <UnstyledButton
                className={classes.handle}
                aria-label={t('rotation.move', { name: nameOf(place.collaborator), position: index + 1, total })}
                {...handle(index, place.collaborator.id)}
              >
                <IconGripVertical size={16} stroke={1.7} aria-hidden />
              </UnstyledButton>
            )}
            <Somebody place={place} next={rotation.next?.id === place.collaborator.id} campaign={rotation.campaign.id} />
            {may && (
              <RowMenu name={nameOf(place.collaborator)}>
                <Menu.Item leftSection={<IconArrowUp size={16} stroke={1.7} />} disabled={index === 0} onClick={() => put(index, index - 1)}>
                  {t('rotation.up')}
                </Menu.Item>
                <Menu.Item leftSection={<IconArrowDown size={16} stroke={1.7} />} disabled={index === total - 1} onClick={() => put(index, index + 1)}>
                  {t('rotation.down')}
                </Menu.Item>
                <Menu.Divider />
                <MenuLink leftSection={<IconUser size={16} stroke={1.7} />} to="/team/$id" params={{ id: place.collaborator.id }}>
                  {t('rotation.person', { name: nameOf(place.collaborator) })}
                </MenuLink>
              </RowMenu>
            )}
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  )
}

function Somebody({ place, next, campaign }: { place: Place; next: boolean; campaign: string }) {
  const { t } = useTranslation('leads')
  const name = nameOf(place.collaborator)
  return (
    <div className={classes.somebody}>
      <Monogram name={name} />
      <div className={classes.words}>
        <Group gap={8} wrap="nowrap">
          <Text size="sm" fw={500}>
            {name}
          </Text>
          {next && (
            <Badge size="sm" tt="none" flex="none">
              {t('rotation.next')}
            </Badge>
          )}
        </Group>
        <Text size="xs" c={place.available ? 'dimmed' : 'light-dark(#ad3a06, var(--mantine-color-yellow-4))'}>
          <Standing place={place} />
        </Text>
      </div>
      <div className={classes.counts}>
        <TextLink
          to="/leads"
          search={{ campaign, who: place.collaborator.id, state: 'OPEN' }}
          size="sm"
          c="inherit"
          aria-label={`${t('rotation.open', { count: place.openLeads })}: ${name}`}
        >
          {t('rotation.open', { count: place.openLeads })}
        </TextLink>
        <Text size="xs" c="dimmed">
          {place.lastLeadAt ? (
            <>
              {t('rotation.last')} <Ago moment={place.lastLeadAt} />
            </>
          ) : (
            t('rotation.never')
          )}
        </Text>
      </div>
    </div>
  )
}

function Standing({ place }: { place: Place }) {
  const { t, i18n } = useTranslation('leads')
  if (place.collaborator.status === 'DEACTIVATED') return t('rotation.deactivated')
  if (!place.awayUntil) return t('rotation.available')
  const moment = new Date(place.awayUntil).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return t('rotation.awayUntil', { moment })
}

/** How far a row stands from its place while one is dragged. */
function shift(drag: Drag | undefined, index: number): string | undefined {
  if (!drag) return undefined
  if (index === drag.from) return `translateY(${drag.by}px)`
  if (index > drag.from && index <= drag.to) return `translateY(${-drag.height}px)`
  if (index < drag.from && index >= drag.to) return `translateY(${drag.height}px)`
  return undefined
}
