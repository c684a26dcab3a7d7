// One field that finds everything the viewer may see, and leads everywhere. The field keeps the focus; the arrow keys choose
// among the lines below it.

import { Input, Modal, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Search } from '../../app/search'
import { Kbd } from '../../ui/kbd'
import { useSentence } from '../../ui/sentence'
import type { Entry } from './entries'
import { Line } from './line'
import classes from './palette.module.css'
import { useSections } from './sections'

/** The search over everything. */
export function Palette({ typed, type, arrived, close }: Search) {
  const { t } = useTranslation(['search', 'frame'])
  const sentence = useSentence()
  const wanted = typed.trim()
  const { sections, settled, error } = useSections(wanted)
  const entries = sections.flatMap((s) => s.entries)
  const [chosen, setChosen] = useState<string>()
  const at = Math.max(
    0,
    entries.findIndex((e) => e.id === chosen),
  )
  const active = entries[at]
  const base = useId()
  const place = (entry: Entry) => `${base}-${entries.indexOf(entry)}`
  const results = useRef<HTMLDivElement>(null)

  const run = (entry: Entry) => {
    close()
    entry.run()
  }
  // Enter may be pressed before the answer is there: it is for what was typed, not for what still stands here.
  const [entered, setEntered] = useState(false)
  useEffect(() => {
    if (!entered || !settled) return
    setEntered(false)
    if (active) run(active)
  })
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const to = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      PageDown: Math.min(at + 8, entries.length - 1),
      PageUp: Math.max(at - 8, 0),
    }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      setChosen(entries[to]?.id)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (settled || chosen !== undefined) active && run(active)
      else setEntered(true)
    }
  }
  const shown = active && place(active)
  useEffect(() => {
    if (shown) document.getElementById(shown)?.scrollIntoView({ block: 'nearest' })
  }, [shown])

  return (
    <Modal.Root opened onClose={close} size={620} yOffset="11dvh" xOffset={12} classNames={{ content: classes.content, body: classes.body }}>
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content aria-label={t('label')}>
        <Modal.Body>
          <Input
            classNames={{ input: classes.input }}
            leftSection={<IconSearch size={18} stroke={1.8} aria-hidden />}
            leftSectionWidth={48}
            placeholder={t('placeholder')}
            aria-label={t('placeholder')}
            role="combobox"
            aria-expanded={entries.length > 0}
            aria-controls={`${base}-list`}
            aria-activedescendant={shown}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            value={typed}
            onChange={(event) => {
              type(event.currentTarget.value)
              setChosen(undefined)
              setEntered(false)
              results.current?.scrollTo({ top: 0 })
            }}
            onFocus={arrived}
            onKeyDown={press}
          />
          <div className={classes.results} ref={results} id={`${base}-list`} role="listbox" aria-label={t('results')}>
            {sections.map((section) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
              <div key={section.id} role="group" aria-labelledby={`${base}-${section.id}`}>
                <div className={classes.title} id={`${base}-${section.id}`} role="presentation">
                  {section.title}
                </div>
                {section.entries.map((entry) => (
                  <Line
                    key={entry.id}
                    id={place(entry)}
                    entry={entry}
                    typed={wanted}
                    active={entry === active}
                    point={() => setChosen(entry.id)}
                    run={() => run(entry)}
                  />
                ))}
              </div>
            ))}
          </div>
          {error ? (
            <p className={classes.none} role="alert">
              {t('failed', { reason: sentence(error) })}
            </p>
          ) : (
            settled &&
            entries.length === 0 && (
              <div className={classes.none}>
                <b>{t('nothing')}</b>
                <br />
                {t('nothingWords')}
              </div>
            )
          )}
          <VisuallyHidden role="status">
            {settled && wanted !== '' ? (entries.length > 0 ? t('found', { count: entries.length }) : t('nothing')) : ''}
          </VisuallyHidden>
          <div className={classes.foot} aria-hidden>
            <span>
              <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('move')}
            </span>
            <span>
              <Kbd>↵</Kbd> {t('open')}
            </span>
            <span>
              <Kbd>Esc</Kbd> {t('close')}
            </span>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
