import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/global.layer.css'
import './app/app.css'

import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { renewWhenOutdated } from './api/part'
import { router } from './app/router'
import { SessionProvider } from './app/session'
import { theme } from './app/theme'
import { startTexts } from './texts'
import { Notes } from './ui/notes'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

renewWhenOutdated()
if (import.meta.env.DEV) await import('@mantine/core/styles.layer.css') // built, they come with the components (styles.ts)
await startTexts()
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" deduplicateCssVariables={false}>
      <Notes />
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </MantineProvider>
  </StrictMode>,
)
