import { Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CampaignFieldsFragment } from '../../api/gql/graphql'
import type { Value, Values } from '../editor/merge'
import { ItemPicker, type Names } from '../editor/picker'
import { idsOf, textOf } from '../editor/values'

interface Props {
  campaign: CampaignFieldsFragment
  mine: Values
  set(field: string, value: Value): void
  /** Whether the name does not change. */
  nameClosed: boolean
  /** Whether sender and recipients do not change. */
  closed: boolean
  /** Why that is so; undefined where the page says it already. */
  why?: string
  errors: Record<string, string>
  names: Names
}

/** What a campaign is called, who it is from, and who it goes to. */
export function CampaignSettings({ campaign, mine, set, nameClosed, closed, why, errors, names }: Props) {
  const { t } = useTranslation('campaigns')
  const text = (field: 'name' | 'senderName' | 'senderEmail' | 'replyTo', more?: { type?: 'email'; description?: string }) => (
    <TextInput
      label={t(`field.${field}`)}
      value={textOf(mine[field])}
      onChange={(event) => set(field, event.currentTarget.value)}
      readOnly={field === 'name' ? nameClosed : closed}
      error={errors[field]}
      {...more}
    />
  )
  return (
    <Stack maw={560} gap="md">
      {text('name')}
      {why && (
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      )}
      {text('senderName')}
      {text('senderEmail', { type: 'email' })}
      {text('replyTo', { type: 'email', description: t('replyToWords') })}
      <ItemPicker
        kind="CONTACT_LIST"
        label={t('field.lists')}
        description={campaign.listsRestricted ? t('listsRestricted') : undefined}
        value={idsOf(mine.lists)}
        change={(ids) => set('lists', ids)}
        names={names}
        readOnly={closed}
        error={errors.lists}
      />
      <ItemPicker
        kind="BLACKLIST"
        label={t('field.blacklists')}
        description={campaign.blacklistsRestricted ? t('blacklistsRestricted') : undefined}
        value={idsOf(mine.blacklists)}
        change={(ids) => set('blacklists', ids)}
        names={names}
        readOnly={closed}
        error={errors.blacklists}
      />
    </Stack>
  )
}
