import type { ReactNode } from 'react'
import type { ListWindow } from '../../api/window'
import { Away } from '../../ui/away'
import { type Column, Rows } from '../../ui/rows'
import type { View } from './view'

interface Props<Row extends { id: string }> {
  /** What the list is called. */
  label: string
  list: ListWindow<Row>
  columns: Column<Row>[]
  name(row: Row): string
  view: View<Row>
  mayChange: boolean
  /** Stands where there are none. */
  empty: ReactNode
}

/** The rows of a contact list or a blacklist. */
export function ListRows<Row extends { id: string }>({ label, list, columns, name, view: { selection, select }, mayChange, empty }: Props<Row>) {
  if (list.error) return <Away error={list.error} again={list.refresh} />
  if (list.total === 0) return empty
  return <Rows<Row> label={label} list={list} columns={columns} id={idOf} name={name} rowHeight={44} {...(mayChange && { selection, select })} />
}

const idOf = ({ id }: { id: string }) => id
