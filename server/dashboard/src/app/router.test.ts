import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** The namespaces that a file says texts of, with all that it imports. */
function said(file: string, seen = new Set<string>()): Set<string> {
  const names = new Set<string>()
  if (seen.has(file)) return names
  seen.add(file)
  const code = readFileSync(file, 'utf8')
  for (const [, list = ''] of code.matchAll(/useTranslation\(([^)]*)\)/g)) for (const [, name = ''] of list.matchAll(/'(\w+)'/g)) names.add(name)
  for (const [, path = ''] of code.matchAll(/^(?:import|export) (?!type )[^'"]*?from '(\.[^']+)'/gms)) {
    const found = ['.tsx', '.ts'].map((end) => join(dirname(file), path + end)).find((name) => existsSync(name))
    if (found && !found.includes('/gql/')) for (const name of said(found, seen)) names.add(name)
  }
  return names
}

test('each page is fetched with the texts that it says', () => {
  const pages = [...readFileSync('src/app/router.tsx', 'utf8').matchAll(/page\(\[([^\]]*)\], \(\) => import\('([^']+)'\)/g)]
  expect(pages.length).toBeGreaterThan(20)
  for (const [, list = '', path = ''] of pages) {
    const fetched = [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '')
    const needed = said(join('src/app', `${path}.tsx`))
    needed.delete('frame') // is there from the start
    expect(fetched.sort(), path).toEqual([...needed].sort())
  }
})
