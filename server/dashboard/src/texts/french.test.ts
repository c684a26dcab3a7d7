import { expect, test } from 'vitest'
import { unbreakable } from './french'

test('French marks stay with the word before them', () => {
  expect(unbreakable({ a: 'Supprimer « {{name}} » ?', b: { c: 'Un, deux ; trois : http://x!' } })).toEqual({
    a: 'Supprimer «\u00a0{{name}}\u00a0»\u00a0?',
    b: { c: 'Un, deux\u00a0; trois\u00a0: http://x!' },
  })
})
