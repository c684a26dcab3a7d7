// Contacts as people have them at hand: lines of a spreadsheet, of a mail, or addresses one after the other.

/** What a line says of one contact. */
export interface Line {
  /** Which line it is, from 1. */
  number: number
  email: string
  firstName: string
  lastName: string
  company: string
  city: string
}

/** Reads lines. A line without an address has an empty one. */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, i) => (line.trim() ? contactsOf(line.trim(), i + 1) : []))
}

function contactsOf(text: string, number: number): Line[] {
  const cells = cellsOf(text)
  const addresses = cells.filter((cell) => addressOf(cell))
  if (addresses.length > 1) return addresses.map((cell) => contact(number, cell, []))
  const at = cells.findIndex((cell) => addressOf(cell))
  if (at < 0) return [{ number, email: '', firstName: '', lastName: '', company: '', city: '' }]
  return [
    contact(
      number,
      cells[at] ?? '',
      cells.filter((_, i) => i !== at),
    ),
  ]
}

/** A cell with the address in it, as in `Ada Byron <ada@example.org>`, and the cells around it, in their order. */
function contact(number: number, cell: string, [first = '', last = '', company = '', city = '']: string[]): Line {
  const email = addressOf(cell) ?? ''
  const named = cell
    .replace(`<${email}>`, '')
    .replace(email, '')
    .replace(/^mailto:/, '')
    .replaceAll('"', '')
    .trim()
  if (!named) return { number, email, firstName: first, lastName: last, company, city }
  const [given = '', ...family] = named.split(/\s+/)
  return { number, email, firstName: given, lastName: family.join(' '), company: first, city: last }
}

function addressOf(cell: string): string | undefined {
  return /<([^<>\s]+@[^<>\s]+)>/.exec(cell)?.[1] ?? /[^\s<>"]+@[^\s<>"]+/.exec(cell)?.[0].replace(/^mailto:/, '')
}

/** Tabs of a spreadsheet, or else semicolons, or else commas: outside of quotes. */
function cellsOf(text: string): string[] {
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ','
  const cells = ['']
  let quoted = false
  for (const sign of text) {
    if (sign === '"') quoted = !quoted
    else if (sign === separator && !quoted) cells.push('')
    else cells[cells.length - 1] += sign
  }
  return cells.map((cell) => cell.trim())
}
