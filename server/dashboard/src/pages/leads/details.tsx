import { Alert, Group, SegmentedControl, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconClock, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadState } from '../../api/gql/graphql'
import { Monogram } from '../../ui/monogram'
import { nameOf } from '../../ui/person'
import { Ago } from '../../ui/time'
import { TextLink } from '../items/link'
import { states } from './address'
import { useDeeds } from './deeds'
import { LeadForm } from './lead-form'
import classes from './leads.module.css'
import { ButtonLink } from './links'
import { PeopleMenu } from './people-menu'
import type { Lead, Why } from './queries'
import { leadName } from './words'

/** All that is known of a lead, and what can be changed. */
export function LeadDetails({ lead, why }: { lead: Lead; why: Why }) {
  const { t } = useTranslation('leads')
  const { state } = useDeeds()
  const may = lead.campaign.myLevel === 'EDIT'
  return (
    <Stack gap="lg" p="md">
      {!may && (
        <Text size="sm" c="dimmed">
          {t('panel.readOnly')}
        </Text>
      )}
      {lead.duplicateOf && <Duplicate of={lead.duplicateOf} />}
      <SegmentedControl
        aria-label={t('panel.state')}
        fullWidth
        size="sm"
        disabled={!may}
        value={lead.state}
        onChange={(to) => state([lead], to as LeadState)}
        data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
      />
      <Whose lead={lead} why={why} may={may} />
      <LeadForm lead={lead} may={may} />
      <Facts lead={lead} />
    </Stack>
  )
}

function Whose({ lead, why, may }: { lead: Lead; why: Why; may: boolean }) {
  const { t } = useTranslation('leads')
  const { give } = useDeeds()
  const name = lead.assignee ? nameOf(lead.assignee) : t('nobody')
  const person = (
    <Group gap="sm" wrap="nowrap">
      {lead.assignee ? <Monogram name={name} /> : <IconClock size={22} stroke={1.7} aria-hidden />}
      <div>
        <Text size="xs" c="dimmed">
          {t('panel.assignee')}
        </Text>
        <Text size="sm" fw={600}>
          {name}
        </Text>
      </div>
    </Group>
  )
  return (
    <section className={classes.why} aria-label={t('panel.assignee')}>
      {may ? (
        <PeopleMenu
          campaign={lead.campaign.id}
          now={lead.assignee?.id ?? null}
          choose={(to) => give([lead], to)}
          target={({ toggle, opened }) => (
            <UnstyledButton w="100%" onClick={toggle} aria-haspopup="listbox" aria-expanded={opened}>
              <Group justify="space-between" wrap="nowrap">
                {person}
                <VisuallyHidden>{t('panel.reassign')}</VisuallyHidden>
                <IconChevronDown size={16} stroke={1.8} aria-hidden />
              </Group>
            </UnstyledButton>
          )}
        />
      ) : (
        person
      )}
      <Text size="sm" mt={8}>
        {why.words}{' '}
        {why.at && (
          <Text span size="sm" c="dimmed">
            <Ago moment={why.at} />
          </Text>
        )}
      </Text>
    </section>
  )
}

function Duplicate({ of }: { of: NonNullable<Lead['duplicateOf']> }) {
  const { t } = useTranslation('leads')
  return (
    <Alert icon={<IconCopy size={18} stroke={1.7} />} color="yellow" title={t('panel.duplicate')}>
      <Text size="sm">
        {t('panel.duplicateWords', { name: leadName(of) })}{' '}
        {of.assignee ? t('panel.duplicateWith', { person: nameOf(of.assignee) }) : t('panel.duplicateWaits')}
      </Text>
      <ButtonLink to="/leads" search={(before) => ({ ...before, lead: of.id })} variant="light" color="yellow" size="compact-sm" mt="xs">
        {t('panel.duplicateOpen')}
      </ButtonLink>
    </Alert>
  )
}

function Facts({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads')
  return (
    <dl className={classes.facts}>
      {lead.fields.map((field) => (
        <Fact key={field.name} name={field.name}>
          {field.value}
        </Fact>
      ))}
      {lead.source && <Fact name={t('panel.source')}>{lead.source}</Fact>}
      <Fact name={t('panel.campaign')}>
        <TextLink to="/campaigns/$id/rotation" params={{ id: lead.campaign.id }} size="sm" title={t('panel.rotation')}>
          {lead.campaign.name}
        </TextLink>
      </Fact>
      <Fact name={t('panel.came')}>
        <Ago moment={lead.createdAt} />
      </Fact>
      <Fact name={t('panel.changed')}>
        <Ago moment={lead.changedAt} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
