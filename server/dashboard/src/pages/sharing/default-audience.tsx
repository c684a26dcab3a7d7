import { Radio, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { graphql } from '../../api/gql'
import type { Audience } from '../../api/gql/graphql'
import { useLiveQuery } from '../../api/live'
import { useInsider } from '../../app/session'
import { told } from '../../ui/told'

const DEFAULT = graphql(`
  query DefaultAudience {
    viewer {
      account {
        id
        defaultAudience
      }
    }
  }
`)

const SET = graphql(`
  mutation SetDefaultAudience($input: ChangeAccountInput!) {
    changeAccount(input: $input) {
      account {
        id
        defaultAudience
        version
      }
      errors {
        message
      }
    }
  }
`)

/** Who sees what is made from now on (S8). It is changed at once: nothing that exists changes by it. */
export function DefaultAudience({ readOnly }: { readOnly?: boolean }) {
  const { t } = useTranslation(['sharing', 'frame'])
  const { account } = useInsider()
  const { data } = useLiveQuery({ query: DEFAULT, variables: {} })
  const [act] = useAct(SET)
  const [wanted, setWanted] = useState<Audience>()
  const now = wanted ?? data?.viewer.account?.defaultAudience ?? account.defaultAudience
  const choose = async (audience: Audience) => {
    if (audience === now) return
    setWanted(audience)
    const { done } = await act({ input: { defaultAudience: audience } })
    setWanted(undefined)
    if (done) told(t(`audience.told.${audience}`))
  }
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('audience.title')}
      </Title>
      {readOnly ? (
        <Text size="sm">{t(`audience.${now}`)}</Text>
      ) : (
        <Radio.Group
          aria-label={t('audience.title')}
          description={t('audience.words')}
          value={now}
          onChange={(value) => choose(value === 'RESTRICTED' ? 'RESTRICTED' : 'EVERYONE')}
        >
          <Stack gap={6} mt="xs">
            {(['EVERYONE', 'RESTRICTED'] as const).map((audience) => (
              <Radio key={audience} value={audience} label={t(`audience.${audience}`)} description={t(`audience.about.${audience}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  )
}
