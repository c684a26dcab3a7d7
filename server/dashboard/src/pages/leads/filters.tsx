import { ActionIcon, Indicator, Select } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Search } from '../../ui/search'
import { type LeadSearch, type StateChoice, stateChoices } from './address'
import classes from './leads.module.css'
import { CampaignPicker, WhoPicker } from './pickers'

interface Props {
  search: LeadSearch
  change(filter: Partial<LeadSearch>): void
  /** How many leads wait for somebody. */
  waiting: number
  /** Whether the viewer is shown their own leads only: then there is nobody to choose. */
  own: boolean
}

/** Which leads the inbox shows. */
export function Filters({ search, change, waiting, own }: Props) {
  const { t } = useTranslation(['leads', 'frame'])
  const [shown, setShown] = useState(false)
  const set = [search.campaign, search.who, search.state].filter((f) => f !== undefined).length
  return (
    <>
      <Search label={t('search')} value={search.q ?? ''} change={(q) => change({ q: q || undefined })} />
      <Indicator hiddenFrom="sm" disabled={set === 0} label={set} size={16}>
        <ActionIcon
          size={36}
          variant="default"
          aria-label={set > 0 ? t('filter.set', { count: set }) : t('filter.show')}
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
        >
          <IconAdjustmentsHorizontal size={18} stroke={1.7} />
        </ActionIcon>
      </Indicator>
      <div className={classes.choices} data-shown={shown || undefined}>
        <CampaignPicker
          aria-label={t('filter.campaign')}
          placeholder={t('filter.anyCampaign')}
          value={search.campaign}
          change={(campaign) => change({ campaign })}
          w={214}
        />
        {!own && (
          <WhoPicker
            aria-label={t('filter.who')}
            placeholder={t('filter.anyone')}
            value={search.who}
            change={(who) => change({ who })}
            waiting={waiting}
            w={180}
          />
        )}
        <Select
          aria-label={t('filter.state')}
          placeholder={t('filter.anyState')}
          value={search.state ?? null}
          onChange={(state) => change({ state: (state ?? undefined) as StateChoice | undefined })}
          data={stateChoices.map((value) => ({ value, label: t(`state.${value}`) }))}
          clearable
          clearButtonProps={{ 'aria-label': t('frame:clear') }}
          w={160}
        />
      </div>
    </>
  )
}
