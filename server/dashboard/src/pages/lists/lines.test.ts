import { describe, expect, it } from 'vitest'
import { linesOf } from './lines'

const ada = { number: 1, email: 'ada@example.org', firstName: 'Ada', lastName: 'Byron', company: '', city: '' }

describe('lines of contacts', () => {
  it.each([
    ['a spreadsheet', 'ada@example.org\tAda\tByron'],
    ['a spreadsheet with the names first', 'Ada\tByron\tada@example.org'],
    ['commas', 'ada@example.org, Ada, Byron'],
    ['semicolons', 'ada@example.org;Ada;Byron'],
    ['a mail', 'Ada Byron <ada@example.org>'],
    ['a mail with quotes', '"Ada Byron" <ada@example.org>'],
    ['spaces', 'Ada Byron ada@example.org'],
  ])('reads those of %s', (_, text) => expect(linesOf(text)).toEqual([ada]))

  it('keeps commas within quotes', () => {
    expect(linesOf('ada@example.org,Ada,Byron,"Engines, Ltd",London')).toEqual([{ ...ada, company: 'Engines, Ltd', city: 'London' }])
  })

  it('takes several addresses of a line as so many contacts', () => {
    expect(linesOf('ada@example.org; Charles <charles@example.org>').map((l) => [l.number, l.email, l.firstName])).toEqual([
      [1, 'ada@example.org', ''],
      [1, 'charles@example.org', 'Charles'],
    ])
  })

  it('numbers lines as they are seen, and leaves out empty ones', () => {
    expect(linesOf('\r\nada@example.org\r\n\r\nnobody\n').map((l) => [l.number, l.email])).toEqual([
      [2, 'ada@example.org'],
      [4, ''],
    ])
  })
})
