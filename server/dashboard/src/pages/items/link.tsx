// Links to items, in the shapes that they have on pages.

import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps, Button, type ButtonProps, type MenuItemProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import { Menu } from '../../ui/menu'

type Of<Look> = Look & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Look> & { ref?: Ref<HTMLAnchorElement> }

/** A link in a text or a table. */
export const TextLink = createLink((props: Of<AnchorProps>) => <Anchor {...props} />)

/** A link in a menu. */
export const MenuLink = createLink((props: Of<MenuItemProps>) => <Menu.Item component="a" {...props} />)

/** A link that is but an icon. */
export const IconLink = createLink((props: Of<ActionIconProps>) => <ActionIcon component="a" {...props} />)

/** A link that looks like a button. */
export const ButtonLink = createLink((props: Of<ButtonProps>) => <Button component="a" {...props} />)
