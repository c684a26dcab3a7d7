// Puts the styles of a Mantine component beside it, so that they come with the first page that has one, and after those of what
// it is built on. The package leaves it to its users to import them all at once or to name each.

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import type { Plugin } from 'vite'

const folder = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'))

/** For builds alone: in development main.tsx has all of them. */
export function styles(): Plugin {
  return {
    name: 'partage-styles',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/@mantine/core/esm/')) return
      const name = `@mantine/core/styles/${basename(id, '.mjs')}.layer.css`
      if (!existsSync(`${folder}/styles/${basename(id, '.mjs')}.layer.css`)) return
      return { code: `${code}\nimport '${name}'`, map: null }
    },
  }
}
