import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { documents } from './documents'
import { styles } from './styles'

// `npm run dev` serves the pages and passes everything else on to a server that runs beside it.
const server = process.env.PARTAGE_SERVER ?? 'http://127.0.0.1:8080'

// What opens over a page: menus, windows, choices. Fetched with the first of them.
const over =
  /@floating-ui|src[\\/]ui[\\/](modal|question|conflicts|merged-text)|@mantine[\\/]core[\\/](esm[\\/]utils[\\/]Floating[\\/]|(esm[\\/]components|styles)[\\/](Popover|Menu|Combobox|Tooltip|Modal|ModalBase|Drawer|ScrollArea|Select|MultiSelect|NativeSelect|Pill|PillsInput)(?![\\/]utils)[./\\])/

export default defineConfig({
  plugins: [documents(), styles(), react()],
  cacheDir: process.env.VITE_CACHE ?? 'node_modules/.vite',
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    assetsInlineLimit: 0, // the policy of the pages loads nothing from data: but pictures
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What nearly every page needs comes in a few files; what some share, in files of those that share it, instead of a
          // hundred small ones.
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next|@tanstack[\\/](react-router|router-core|history|react-store|store))[\\/]/,
            },
            { name: 'client', test: /node_modules[\\/](urql|@urql|wonka|@0no-co|graphql-ws)[\\/]/ },
            { name: 'base', tags: ['$initial'] },
            { name: 'shared', test: (id) => /\.([jt]sx?|mjs|css)$/.test(id) && !over.test(id), minShareCount: 6, includeDependenciesRecursively: false },
            { name: 'over', test: over, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/graphql': { target: server, ws: true },
      '/upload': server,
      '/export': server,
      '/outbox': server,
      '/pages': server,
    },
  },
})
