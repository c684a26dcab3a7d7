import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** What a field shows, whatever it chooses from. */
export interface Field {
  label: string
  /** The name of what is chosen, where the field did not find it itself. */
  named?: string | undefined
  /** Whether the label is for those only who do not see the field. */
  bare?: boolean
  disabled?: boolean
  /** Ids of what cannot be chosen, since it is already. */
  without?: ReadonlySet<string>
  autoFocus?: boolean
}

interface Props<T> extends Field {
  /** Id of what is chosen; null where nothing is, or where choosing only adds to something. */
  value: string | null
  change(found: T | null): void
  /** A hook that finds what fits what was typed; the same one each time. */
  useFound(typed: string | null): { found: readonly T[]; busy: boolean }
  nameOf(found: T): string
  /** Whether it fits what is typed. Until the answer to that has come, nothing else can be chosen, by mistake. */
  fits(found: T, typed: string): boolean
  draw(found: T): ReactNode
  placeholder: string
  searching: string
  nothing: string
}

/** Choosing one of many by searching. */
export function SearchSelect<T extends { id: string }>(props: Props<T>) {
  const { label, named, bare, disabled, without, autoFocus, value, change, useFound, nameOf, fits, draw, placeholder, searching, nothing } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const seen = useRef(new Map<string, T>())
  const known = value === null ? undefined : seen.current.get(value)
  const chosen = value === null ? undefined : known ? nameOf(known) : named
  const asked = typed === chosen ? '' : typed.trim()
  const [wanted] = useDebouncedValue(asked, 150)
  const { found: all, busy } = useFound(wanted || null)
  const found = without ? all.filter((one) => !without.has(one.id)) : all
  for (const one of found) seen.current.set(one.id, one)
  const answered = !busy && asked === wanted
  const matching = new Set(found.filter((one) => answered || fits(one, asked)).map((one) => one.id))
  const options = found.map((one) => ({ value: one.id, label: nameOf(one) }))
  if (value !== null && chosen !== undefined && !found.some((one) => one.id === value)) options.push({ value, label: chosen })
  return (
    <Select
      {...(bare ? { 'aria-label': label } : { label })}
      placeholder={bare ? label : placeholder}
      searchable
      selectFirstOptionOnChange
      clearable={value !== null}
      clearButtonProps={{ 'aria-label': t('clear') }}
      disabled={disabled ?? false}
      searchValue={typed}
      onSearchChange={setTyped}
      data={options}
      filter={({ options: shown }) => shown.filter((o) => !('value' in o) || matching.has(o.value))}
      value={value}
      onChange={(id) => {
        change(id === null ? null : (seen.current.get(id) ?? null))
        if (value === null) setTyped('')
      }}
      renderOption={({ option }) => {
        const one = seen.current.get(option.value)
        return one ? draw(one) : option.label
      }}
      nothingFoundMessage={answered ? nothing : searching}
      maxDropdownHeight={260}
      comboboxProps={{ shadow: 'md' }}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus ?? false}
    />
  )
}
