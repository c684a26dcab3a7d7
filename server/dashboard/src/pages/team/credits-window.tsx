import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../../ui/modal'
import { nameOf } from '../../ui/person'
import type { Colleague, Credits } from './people'
import { useTeamActs } from './team-acts'

const periods = ['MONTH', 'YEAR', 'UNLIMITED', 'NONE'] as const
const most = 1_000_000_000

/** Says how many recipients people may send to. */
export function CreditsWindow({ people, close }: { people: [Colleague, ...Colleague[]]; close(): void }) {
  const { t, i18n } = useTranslation(['team', 'frame'])
  const { change } = useTeamActs()
  const [{ credits }] = people
  const alike = people.every((p) => p.credits?.period === credits?.period && p.credits?.amount === credits?.amount)
  const [period, setPeriod] = useState<Credits['period'] | undefined>(alike ? credits?.period : undefined)
  const [amount, setAmount] = useState<number | string>((alike && credits?.amount) || '')
  const [busy, setBusy] = useState(false)
  const counted = period === 'MONTH' || period === 'YEAR'
  const wrong = counted && (typeof amount !== 'number' || amount < 1 || amount > most)
  const separators = new Intl.NumberFormat(i18n.language).formatToParts(1000)
  const save = async () => {
    if (!period || wrong) return
    setBusy(true)
    const done = await change(people, { credits: { period, amount: counted ? Number(amount) : 0 } })
    setBusy(false)
    if (done) close()
  }
  return (
    <Modal opened onClose={close} title={t('credits.title', { name: nameOf(people[0]), count: people.length })} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('credits.words')}</Text>
          <Radio.Group label={t('credits.period')} value={period ?? null} onChange={(value) => setPeriod(periods.find((p) => p === value))}>
            <Stack gap="xs" mt="xs">
              {periods.map((p) => (
                <Radio key={p} value={p} label={t(`credits.way.${p}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {counted && (
            <NumberInput
              label={t(`credits.amount.${period}`)}
              value={amount}
              onChange={setAmount}
              min={1}
              max={most}
              clampBehavior="none"
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator={separators.find((p) => p.type === 'group')?.value ?? ' '}
              error={wrong && amount !== '' ? t('credits.wrong', { count: most }) : undefined}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('frame:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!period || wrong}>
              {t('frame:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
