// Puts each GraphQL document where it is used. As codegen leaves them they all stand in one module, which every page would
// load; so built, a page brings its own, as text, with the fragments that it needs.

import { readFileSync } from 'node:fs'
import { print, stripIgnoredCharacters } from 'graphql'
import type { Plugin } from 'vite'

const generated = new URL('./src/api/gql/graphql.ts', import.meta.url)

/** For builds alone: in development pages are read as they stand. */
export function documents(): Plugin {
  let texts = new Map<string, string>()
  return {
    name: 'partage-documents',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      texts = new Map(
        [...readFileSync(generated, 'utf8').matchAll(/^export const (\w+) = (\{.*\}) as unknown as DocumentNode/gm)].map(([, name = '', tree = '']) => [
          name,
          stripIgnoredCharacters(print(JSON.parse(tree))),
        ]),
      )
    },
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes('/api/gql/') || !code.includes('graphql(`')) return
      const placed = code.replace(/\bgraphql\(`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g, (_, kind: string, name: string) => {
        const text = texts.get(name + (kind === 'fragment' ? 'FragmentDoc' : 'Document'))
        if (text === undefined) return this.error(`${id}: codegen has not seen ${kind} ${name}`)
        return `graphql(${JSON.stringify(text)})`
      })
      return { code: placed.replace(/import \{ graphql \} from '[^']*\/gql'/, "import { gql as graphql } from '@urql/core'"), map: null }
    },
  }
}
