// A button with a menu, as Mantine's. What it takes to draw one is fetched when one is first pointed at, and each is drawn from its
// first opening on: in a table most never are.

import type { Menu as Mantine, MenuDropdownProps, MenuProps } from '@mantine/core'
import {
  cloneElement,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type RefCallback,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { fetchPart } from '../api/part'
import classes from './menu.module.css'

type Parts = typeof Mantine

let parts: Parts | undefined

async function fetchParts() {
  parts ??= (await fetchPart(() => import('./menu-parts'))).Menu
}

/** What is drawn in a menu is drawn after the parts have come. */
function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  const Part = (props: object) => {
    const Drawn = parts?.[name] as React.ComponentType<object> | undefined
    return Drawn ? <Drawn {...props} /> : null
  }
  return Part as unknown as Parts[Name]
}

interface Props extends Omit<MenuProps, 'children' | 'opened' | 'onChange' | 'id'> {
  /** What opens it: takes the properties of a button. */
  target: ReactElement<{ onClick?(event: MouseEvent): void }>
  /** How the dropdown differs from others. */
  dropdown?: MenuDropdownProps
  children: ReactNode
}

function Root({ target, dropdown, children, ...look }: Props) {
  const id = useId()
  const button = useRef<HTMLElement>(null)
  const [drawn, setDrawn] = useState(false)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    if (drawn) setOpened(true) // only now, so that it knows where the focus was
  }, [drawn])
  const toggle = async () => {
    if (drawn) return setOpened(!opened)
    await fetchParts()
    setDrawn(true)
  }
  /** A window that an item opens is to give the focus back to the button, since the item will be gone. */
  const leave = () => button.current?.focus({ preventScroll: true })
  const Drawn = drawn ? parts : undefined
  return (
    <>
      {cloneElement(target, {
        ...{ id, ref: button, 'aria-haspopup': 'menu', 'aria-expanded': opened, 'data-expanded': opened || undefined },
        ...{ 'aria-controls': opened ? `${id}-dropdown` : undefined, onPointerEnter: fetchParts, onFocus: fetchParts },
        onClick: (event: MouseEvent) => {
          target.props.onClick?.(event)
          void toggle()
        },
      })}
      {Drawn && (
        <Drawn classNames={{ itemLabel: classes.label }} {...look} id={id} opened={opened} onChange={setOpened}>
          <Drawn.Target>
            <At element={button} />
          </Drawn.Target>
          <Drawn.Dropdown {...dropdown} onClickCapture={leave} onPointerMove={opened ? focusPointed : undefined}>
            {children}
          </Drawn.Dropdown>
        </Drawn>
      )}
    </>
  )
}

/** Moves the focus to what is pointed at, so that one entry is highlighted and not two. A menu that comes under a mouse that rests is not pointed at. */
function focusPointed({ target, pointerType, movementX, movementY }: PointerEvent) {
  if (pointerType !== 'mouse' || (movementX === 0 && movementY === 0) || !(target instanceof Element)) return
  const item = target.closest<HTMLElement>('[data-menu-item]')
  if (item !== document.activeElement) item?.focus({ preventScroll: true })
}

/** Stands for a button that is drawn already. */
function At({ element, ref }: { element: RefObject<HTMLElement | null>; ref?: RefCallback<HTMLElement> }) {
  useLayoutEffect(() => {
    ref?.(element.current)
  }, [ref, element])
  return null
}

export const Menu = Object.assign(Root, {
  Item: part('Item'),
  Label: part('Label'),
  Divider: part('Divider'),
  RadioGroup: part('RadioGroup'),
  RadioItem: part('RadioItem'),
})
