import type { CodegenConfig } from '@graphql-codegen/cli'

// Types of the API, and of each query that stands in the source.
const config: CodegenConfig = {
  schema: '../../graph/sdl/partage.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/api/gql/**'],
  ignoreNoDocuments: true,
  generates: {
    'src/api/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTime: 'string' }, strictScalars: true },
    },
    'src/api/gql/possible-types.ts': { plugins: ['fragment-matcher'], config: { useExplicitTyping: true } },
  },
}

export default config
