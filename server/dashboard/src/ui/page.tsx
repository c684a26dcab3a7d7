// What a page within an account stands in: its name, what can be done, and below that its content, which fills the window.

import { Anchor, Box, Group, Text, Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

interface Props {
  title: string
  /** Stands in place of the title, where it can be edited; holds the h1. */
  heading?: ReactNode
  /** How many there are, or another short word beside the name. */
  about?: ReactNode
  /** The list that this is one of. */
  back?: { to: NonNullable<LinkProps['to']>; label: string }
  /** What can be done. */
  actions?: ReactNode
  /** Search and filters. */
  tools?: ReactNode
  /** A table fills the window and scrolls by itself. All else does so here. */
  children: ReactNode
  /** Whether the content is as long as it is, and the page scrolls. */
  scrolls?: boolean
}

/** A page. */
export function Page({ title, heading, about, back, actions, tools, children, scrolls }: Props) {
  useEffect(() => {
    document.title = `${title} · Partage`
  }, [title])
  return (
    <Box className={classes.page}>
      <Group className={classes.head} justify="space-between" wrap="nowrap" align="flex-end">
        <div className={classes.names}>
          {back && (
            <Anchor component={Link} to={back.to} size="sm" c="dimmed" className={classes.back}>
              <IconChevronLeft size={15} stroke={1.8} aria-hidden />
              {back.label}
            </Anchor>
          )}
          <Group gap="sm" align="baseline" wrap="nowrap" miw={0} className={classes.name}>
            {heading ?? (
              <Title order={1} size="h3" lineClamp={1}>
                {title}
              </Title>
            )}
            {about !== undefined && (
              <Text component="div" size="sm" c="dimmed" className={classes.about}>
                {about}
              </Text>
            )}
          </Group>
        </div>
        {actions && (
          <Group gap="xs" wrap="nowrap" className={classes.actions}>
            {actions}
          </Group>
        )}
      </Group>
      {tools && (
        <Group className={classes.tools} gap="xs">
          {tools}
        </Group>
      )}
      {scrolls ? <div className={classes.content}>{children}</div> : children}
    </Box>
  )
}
