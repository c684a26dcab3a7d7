// How leads of a campaign come in from outside: the key of its form, which sites may send, and how that is done.

import { Button, CopyButton, Group, SegmentedControl, Stack, TagsInput, Text, Title } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../api/act'
import { useLiveQuery } from '../../api/live'
import { useConfirm } from '../../ui/confirm'
import { Modal } from '../../ui/modal'
import { Ago } from '../../ui/time'
import { told } from '../../ui/told'
import { curlExample, htmlExample } from './examples'
import classes from './rotation.module.css'
import { LEAD_FORM, ROTATE_KEY, SET_ORIGINS } from './rotation-queries'

/** The settings of a campaign's lead form; for whoever may change them. */
export function LeadFormSettings({ campaign }: { campaign: { id: string; name: string } }) {
  const { t } = useTranslation('leads')
  const { data, refresh } = useLiveQuery({ query: LEAD_FORM, variables: { campaign: campaign.id } })
  const form = data?.leadForm
  const [address, setAddress] = useState<string>()
  return (
    <Stack gap="lg" component="section" aria-label={t('form.title')}>
      <div>
        <Title order={2} size="h5">
          {t('form.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('form.words')}
        </Text>
      </div>
      {form && (
        <>
          <KeyOf campaign={campaign.id} hasKey={form.hasKey} madeAt={form.keyMadeAt} made={setAddress} refresh={refresh} />
          <Origins key={form.origins.join(' ')} campaign={campaign.id} origins={form.origins} refresh={refresh} />
        </>
      )}
      <Examples address={address} />
    </Stack>
  )
}

interface KeyProps {
  campaign: string
  hasKey: boolean
  madeAt: string | null | undefined
  /** Takes the address that a new key makes. */
  made(address: string): void
  refresh(): void
}

function KeyOf({ campaign, hasKey, madeAt, made, refresh }: KeyProps) {
  const { t } = useTranslation('leads')
  const confirm = useConfirm()
  const [rotate, rotating] = useAct(ROTATE_KEY)
  const [address, setAddress] = useState<string | null>()
  const make = async () => {
    if (hasKey && !(await confirm({ title: t('form.renewTitle'), words: t('form.renewWords'), yes: t('form.renewYes'), danger: true }))) return
    const outcome = await rotate({ input: { campaign } })
    if (!outcome.done) return
    setAddress(outcome.payload.url)
    if (outcome.payload.url) made(outcome.payload.url)
    refresh()
  }
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" flex="1 1 260px">
          <IconKey size={18} stroke={1.7} aria-hidden />
          <Text size="sm">
            {hasKey ? t('form.hasKey') : t('form.noKey')}{' '}
            {madeAt && (
              <Text span size="sm" c="dimmed">
                {t('form.madeAt')} <Ago moment={madeAt} />
              </Text>
            )}
          </Text>
        </Group>
        <Button variant={hasKey ? 'default' : 'filled'} loading={rotating} onClick={make}>
          {hasKey ? t('form.renew') : t('form.make')}
        </Button>
      </Group>
      {address && <KeyWindow address={address} close={() => setAddress(undefined)} />}
    </>
  )
}

/** Shows a key, this once. */
function KeyWindow({ address, close }: { address: string; close(): void }) {
  const { t } = useTranslation('leads')
  return (
    <Modal opened onClose={close} title={t('form.keyTitle')} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <Stack gap="md">
        <Text size="sm">{t('form.keyWords')}</Text>
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('form.address')}
          </Text>
          <div className={classes.address} data-testid="lead-address">
            {address}
          </div>
        </div>
        <Group justify="space-between" gap="xs">
          <Copy text={address} />
          <Button onClick={close}>{t('form.keyDone')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Copy({ text }: { text: string }) {
  const { t } = useTranslation('leads')
  return (
    <CopyButton value={text} timeout={3_000}>
      {({ copied, copy }) => (
        <Button variant="light" size="compact-sm" onClick={copy} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.7} />}>
          <span aria-live="polite">{copied ? t('form.copied') : t('form.copy')}</span>
        </Button>
      )}
    </CopyButton>
  )
}

function Origins({ campaign, origins, refresh }: { campaign: string; origins: readonly string[]; refresh(): void }) {
  const { t } = useTranslation(['leads', 'frame'])
  const [draft, setDraft] = useState<string[]>()
  const [problem, setProblem] = useState<string>()
  const [set, setting] = useAct(SET_ORIGINS, { quiet: true })
  const save = async () => {
    if (!draft) return
    const outcome = await set({ input: { campaign, origins: draft } })
    if (!outcome.done) return setProblem(outcome.problems.map((p) => p.message).join(' '))
    setDraft(undefined)
    told(t('form.originsSaved'))
    refresh()
  }
  return (
    <Stack gap="xs">
      <TagsInput
        label={t('form.origins')}
        description={t('form.originsWords')}
        placeholder={t('form.originsAdd')}
        value={draft ?? [...origins]}
        onChange={(value) => {
          setDraft(value)
          setProblem(undefined)
        }}
        error={problem}
        maxTags={20}
        splitChars={[',', ' ']}
      />
      {draft && (
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setDraft(undefined)}>
            {t('frame:cancel')}
          </Button>
          <Button loading={setting} onClick={save}>
            {t('form.originsSave')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

/** How leads are sent there. Its address is known only where its key was just made. */
function Examples({ address: known }: { address: string | undefined }) {
  const { t } = useTranslation('leads')
  const [kind, setKind] = useState('html')
  const address = known ?? `${location.origin}/leads/${t('form.exampleKey')}`
  const code =
    kind === 'curl'
      ? curlExample(address)
      : htmlExample(address, {
          name: t('form.fieldName'),
          email: t('form.fieldEmail'),
          phone: t('form.fieldPhone'),
          message: t('form.fieldMessage'),
          send: t('form.send'),
        })
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h6">
          {t('form.example')}
        </Title>
        <Group gap="xs">
          <SegmentedControl
            aria-label={t('form.example')}
            size="xs"
            value={kind}
            onChange={setKind}
            data={[
              { value: 'html', label: t('form.exampleHtml') },
              { value: 'curl', label: t('form.exampleCurl') },
            ]}
          />
          <Copy text={code} />
        </Group>
      </Group>
      <pre className={classes.code}>{code}</pre>
      <Text size="xs" c="dimmed">
        {t('form.exampleWords')}
      </Text>
    </Stack>
  )
}
