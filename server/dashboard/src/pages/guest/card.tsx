// What the pages of those who are not within an account stand in.

import { Anchor, Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import mark from '../../app/mark.svg'
import { chooseLanguage, languages } from '../../texts'
import classes from './card.module.css'

interface Props {
  title: string
  words?: ReactNode
  children?: ReactNode
  /** Other ways to go, below the card. */
  after?: ReactNode
}

/** A page with one thing to do. */
export function GuestCard({ title, words, children, after }: Props) {
  const { t, i18n } = useTranslation(['guest', 'frame'])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Partage`
    if (document.activeElement === document.body) heading.current?.focus() // nothing else has asked for it
  }, [title])
  return (
    <Box component="main" className={classes.page}>
      <Stack gap="lg" w="100%" maw={400}>
        <Group gap="sm" justify="center">
          <img src={mark} alt="" width={34} height={34} />
          <Text fw={650} size="lg">
            Partage
          </Text>
        </Group>
        <Card withBorder shadow="sm" padding="xl" radius="lg">
          <Stack gap="md">
            <Title order={1} size="h3" ref={heading} tabIndex={-1} className={classes.title}>
              {title}
            </Title>
            {words && <Text c="dimmed">{words}</Text>}
            {children}
          </Stack>
        </Card>
        {after && (
          <Text size="sm" ta="center">
            {after}
          </Text>
        )}
        <Text size="xs" c="dimmed" ta="center">
          {t('tagline')}
        </Text>
        <Group gap="md" justify="center" component="nav" aria-label={t('frame:person.language')}>
          {languages.map((l) => (
            <Anchor
              key={l.tag}
              component="button"
              type="button"
              size="xs"
              lang={l.tag}
              c={i18n.language === l.tag ? undefined : 'dimmed'}
              fw={i18n.language === l.tag ? 600 : 400}
              aria-current={i18n.language === l.tag || undefined}
              onClick={() => chooseLanguage(l.tag)}
            >
              {l.name}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Box>
  )
}
