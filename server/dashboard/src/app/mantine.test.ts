import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const styled = (name: string) => existsSync(`node_modules/@mantine/core/styles/${name}.css`)

test('each Mantine component that is used has its styles', () => {
  const used = new Set<string>()
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))) {
    for (const [, names = ''] of readFileSync(`src/${file}`, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of names.split(','))
        used.add(
          name
            .replace(/^\s*type /, '')
            .trim()
            .split(' as ')[0] ?? '',
        )
    }
  }
  const loaded = new Set([...readFileSync('src/app/mantine.ts', 'utf8').matchAll(/styles\/([\w-]+)\.layer\.css/g)].map(([, name]) => name))
  expect(used.size).toBeGreaterThan(20)
  expect([...used].filter((name) => styled(name) && !loaded.has(name))).toEqual([])
})
