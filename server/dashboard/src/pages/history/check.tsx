import { Alert, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import type { CombinedError } from '@urql/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from 'urql'
import { graphql } from '../../api/gql'
import type { HistoryCheckQuery } from '../../api/gql/graphql'
import { Modal } from '../../ui/modal'
import { useSentence } from '../../ui/sentence'
import { Copied } from './line'

const CHECK = graphql(`
  query HistoryCheck($noted: NotedLine) {
    historyCheck(noted: $noted) {
      intact
      lines
      hash
      fault
    }
  }
`)

type Outcome = HistoryCheckQuery['historyCheck'] & { noted: number | undefined }

/** Has the server read the whole history and say whether it is as it was written; and whether a line noted elsewhere is still in it. */
export function CheckWindow({ close }: { close(): void }) {
  const { t } = useTranslation(['history', 'frame'])
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const client = useClient()
  const sentence = useSentence()
  const [number, setNumber] = useState<number | string>('')
  const [hash, setHash] = useState('')
  const [wrong, setWrong] = useState<{ number?: string; hash?: string }>({})
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const [error, setError] = useState<CombinedError>()
  const check = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const written = hash.trim().toLowerCase()
    const noted = number !== '' || written !== ''
    const found = {
      ...(noted && !(Number(number) >= 1) && { number: t('check.numberWrong') }),
      ...(noted && !/^[0-9a-f]{64}$/.test(written) && { hash: t('check.hashWrong') }),
    }
    setWrong(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const variables = { noted: noted ? { number: Number(number), hash: written } : null }
    const { data, error: refused } = await client.query(CHECK, variables, { requestPolicy: 'network-only' }).toPromise()
    setBusy(false)
    setError(refused)
    setOutcome(data && { ...data.historyCheck, noted: noted ? Number(number) : undefined })
  }
  return (
    <Modal opened onClose={close} size={600} fullScreen={narrow} title={t('check.title')}>
      <form onSubmit={check} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('check.words')}</Text>
          <Stack gap="xs" role="group" aria-label={t('check.noted')}>
            <Text size="sm" fw={600}>
              {t('check.noted')}
            </Text>
            <Group align="start" gap="xs">
              <NumberInput
                label={t('check.number')}
                value={number}
                onChange={setNumber}
                min={1}
                allowDecimal={false}
                allowNegative={false}
                hideControls
                w={110}
                error={wrong.number}
              />
              <TextInput
                label={t('check.hash')}
                value={hash}
                onChange={(e) => setHash(e.currentTarget.value)}
                error={wrong.hash}
                flex="1 1 220px"
                spellCheck={false}
                autoComplete="off"
              />
            </Group>
          </Stack>
          <div aria-live="polite">
            {error && (
              <Alert color="red" variant="light">
                {sentence(error)}
              </Alert>
            )}
            {!error && outcome && <Result outcome={outcome} />}
          </div>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('frame:close')}
            </Button>
            <Button type="submit" loading={busy} data-autofocus>
              {outcome ? t('check.again') : t('check.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Result({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation(['history', 'frame'])
  if (!outcome.intact) {
    return (
      <Alert color="red" variant="light" icon={<IconShieldX size={20} stroke={1.7} />} title={t('check.broken')}>
        <Text size="sm">{outcome.fault}</Text>
        <Text size="sm" mt={4}>
          {outcome.noted === undefined ? t('check.brokenWords', { count: outcome.lines }) : t('check.slip')}
        </Text>
      </Alert>
    )
  }
  return (
    <Stack gap="sm">
      <Alert color="green" variant="light" icon={<IconShieldCheck size={20} stroke={1.7} />} title={t('check.intact', { count: outcome.lines })}>
        <Text size="sm">{outcome.noted === undefined ? t('check.intactWords') : t('check.notedWords', { number: outcome.noted })}</Text>
      </Alert>
      {outcome.hash && <Copied title={t('check.keep', { number: outcome.lines })} value={outcome.hash} />}
    </Stack>
  )
}
