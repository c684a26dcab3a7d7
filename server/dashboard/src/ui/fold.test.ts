import { expect, test } from 'vitest'
import { cut, holds } from './fold'

test('accents and case do not matter', () => {
  expect(holds('Chloé Dubois', 'chloe d')).toBe(true)
  expect(holds('Chloe', 'CHLOÉ')).toBe(true)
  expect(holds('Chloé', 'chloes')).toBe(false)
})

test('what was typed is cut out as it is written, wherever it stands', () => {
  expect(cut('Été à la plage', 'ete')).toEqual([
    { text: 'Été', match: true },
    { text: ' à la plage', match: false },
  ])
  expect(cut('Anna and Hanna', 'ann')).toEqual([
    { text: 'Ann', match: true },
    { text: 'a and H', match: false },
    { text: 'ann', match: true },
    { text: 'a', match: false },
  ])
  expect(cut('Anna', ' ')).toEqual([{ text: 'Anna', match: false }])
  expect(cut('Anna', 'xyz')).toEqual([{ text: 'Anna', match: false }])
})
