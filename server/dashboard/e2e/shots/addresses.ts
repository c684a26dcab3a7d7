// The pages that pictures are taken of, over the demo's data.

import type { Page } from 'playwright-core'

/** A page. */
export interface Shot {
  /** What its pictures are called. */
  name: string
  /** Its address; `{campaign}`, `{template}`, `{list}`, `{blacklist}` and `{person}` stand for ids of the demo. */
  path: string
  /** Who looks; nobody who is logged in where left out. */
  as?: 'anna' | 'bruno' | 'chloe'
  /** Does what has to be done before it shows what it should, in any language: it may go by roles and places, not by words. */
  act?(page: Page): Promise<unknown>
}

/** Each in its turn. A new page is a line. */
export const shots: Shot[] = [
  { name: 'log-in', path: '/login' },
  { name: 'sign-up', path: '/sign-up' },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'missing', path: '/nowhere' },
  { name: 'campaigns', path: '/campaigns', as: 'anna' },
  { name: 'campaign', path: '/campaigns/{campaign}', as: 'anna' },
  { name: 'campaign-properties', path: '/campaigns?properties={campaign}', as: 'anna' },
  { name: 'rotation', path: '/campaigns/{campaign}/rotation', as: 'anna' },
  { name: 'templates', path: '/templates', as: 'anna' },
  { name: 'template', path: '/templates/{template}', as: 'anna' },
  { name: 'lists', path: '/lists', as: 'anna' },
  { name: 'contacts', path: '/lists/{list}', as: 'anna' },
  { name: 'blacklists', path: '/blacklists', as: 'anna' },
  { name: 'entries', path: '/blacklists/{blacklist}', as: 'anna' },
  { name: 'leads', path: '/leads', as: 'anna' },
  { name: 'team', path: '/team', as: 'anna' },
  { name: 'person', path: '/team/{person}', as: 'anna' },
  { name: 'jobs', path: '/jobs', as: 'anna' },
  { name: 'deleted', path: '/deleted', as: 'anna' },
  { name: 'history', path: '/history', as: 'anna' },
  { name: 'settings', path: '/settings', as: 'anna' },
  { name: 'sharing', path: '/settings/sharing', as: 'anna' },
  { name: 'me', path: '/settings/me', as: 'anna' },
  { name: 'sessions', path: '/settings/sessions', as: 'anna' },
  { name: 'search', path: '/campaigns', as: 'anna', act: openSearch },
  { name: 'account-menu', path: '/campaigns', as: 'anna', act: openAccounts },
  { name: 'member-campaigns', path: '/campaigns', as: 'chloe' },
]

/** In a narrow window the menu stands behind a button. */
async function openAccounts(page: Page) {
  const places = page.locator('header button')
  if (await places.isVisible()) await places.click()
  await page.locator('nav button[aria-haspopup=menu]').first().click()
}

async function openSearch(page: Page) {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
}
