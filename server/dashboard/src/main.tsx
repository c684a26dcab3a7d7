import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/global.layer.css'
import './app/app.css'

import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router'
import { SessionProvider } from './app/session'
import { theme } from './app/theme'
import { startTexts } from './texts'
import { Notes } from './ui/notes'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

// A newer server has no more files of the version that is open: the page begins anew with its own.
window.addEventListener('vite:preloadError', (event) => {
  const tried = 'partage-reloaded'
  if (sessionStorage.getItem(tried) === location.href) return
  sessionStorage.setItem(tried, location.href)
  event.preventDefault()
  location.reload()
})

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
