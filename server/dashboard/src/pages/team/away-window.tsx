import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useInsider } from '../../app/session'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import { told } from '../../ui/told'
import { type Colleague, isAway } from './people'
import { useTeamActs } from './team-acts'
import { momentOf, wallClock } from './zone'

const day = 24 * 60 * 60 * 1000

/** Says until when rotations skip a person, or that they are back. The moment is of the account's time zone. */
export function AwayWindow({ person, close }: { person: Colleague; close(): void }) {
  const { t, i18n } = useTranslation(['team', 'frame'])
  const { account } = useInsider()
  const { away, back } = useTeamActs()
  const zone = account.timeZone
  const morning = (days: number) => `${wallClock(new Date(Date.now() + days * day), zone).slice(0, 10)}T08:00`
  const now = isAway(person)
  const [clock, setClock] = useState(now && person.awayUntil ? wallClock(new Date(person.awayUntil), zone) : morning(1))
  const [busy, setBusy] = useState(false)
  const moment = momentOf(clock, zone)
  const past = moment !== null && moment.getTime() <= Date.now()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const inWords = (at: Date, timeZone: string) => at.toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'short', timeZone })
  const save = async () => {
    if (!moment || past) return
    setBusy(true)
    const done = await away(person, moment.toISOString())
    setBusy(false)
    if (!done) return
    told(t('told.away', { name: nameOf(person), until: inWords(moment, zone) }))
    close()
  }
  return (
    <Modal opened onClose={close} title={t('away.title', { name: nameOf(person) })} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('away.words')}</Text>
          <Group gap="xs">
            {([1, 7, 14] as const).map((days) => (
              <Button key={days} variant="default" size="compact-sm" onClick={() => setClock(morning(days))}>
                {days === 1 ? t('away.tomorrow') : t('away.weeks', { count: days / 7 })}
              </Button>
            ))}
          </Group>
          <TextInput
            type="datetime-local"
            label={t('away.until')}
            description={t('away.zone', { zone })}
            value={clock}
            onChange={(event) => setClock(event.currentTarget.value)}
            error={past ? t('away.past') : undefined}
            data-autofocus
          />
          {moment !== null && !past && zone !== here && (
            <Text size="xs" c="dimmed">
              {t('away.here', { moment: inWords(moment, here) })}
            </Text>
          )}
          <Group justify="space-between" gap="xs">
            {now ? (
              <Button
                variant="light"
                onClick={async () => {
                  await back(person, person.awayUntil)
                  close()
                }}
              >
                {t('away.back')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t('frame:cancel')}
              </Button>
              <Button type="submit" loading={busy} disabled={moment === null || past}>
                {t('frame:save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
