// Every address of the pages. What a page shows is fetched when it is first gone to.

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { fetchPart } from '../api/part'
import { historySearch } from '../pages/history/address'
import { deletedSearch, listSearch } from '../pages/items/address'
import { leadSearch } from '../pages/leads/address'
import { type Namespace, needTexts } from '../texts'
import { Broken } from './broken'
import { Missing } from './missing'
import { ownPath } from './next'

/** A page, fetched with the texts that it says. */
function page<Name extends string>(namespaces: readonly Namespace[], load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazyRouteComponent(async () => (await Promise.all([fetchPart(load), needTexts(namespaces)]))[0], name)
}

const root = createRootRoute({ notFoundComponent: Missing })

/** Where to go on to after signing in. */
const next = (search: Record<string, unknown>): { next?: string | undefined } => ({ next: ownPath(search.next) }) // TanStack Router leaves what is not named as it was

const guest = [
  createRoute({
    getParentRoute: () => root,
    path: '/login',
    validateSearch: next,
    component: page(['guest'], () => import('../pages/guest/login'), 'LogIn'),
  }),
  createRoute({ getParentRoute: () => root, path: '/sign-up', component: page(['guest'], () => import('../pages/guest/sign-up'), 'SignUp') }),
  createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: page(['guest'], () => import('../pages/guest/forgot-password'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset-password',
    component: page(['guest'], () => import('../pages/guest/reset-password'), 'ResetPassword'),
  }),
  createRoute({ getParentRoute: () => root, path: '/invitation', component: page(['guest'], () => import('../pages/guest/invitation'), 'Invitation') }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts',
    validateSearch: next,
    component: page(['guest'], () => import('../pages/guest/accounts'), 'Accounts'),
  }),
]

/** What stands over a page: the properties of an item. */
const over = (search: Record<string, unknown>): { properties?: string | undefined } => {
  const item = search.properties
  return { properties: typeof item === 'string' ? item : undefined }
}

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  validateSearch: over,
  component: page([], () => import('./inside'), 'Inside'),
})

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/campaigns', replace: true })
  },
})

const pages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/campaigns',
    validateSearch: listSearch,
    component: page(['items', 'campaigns'], () => import('../pages/campaigns/campaigns'), 'Campaigns'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/campaigns/$id',
    component: page(['items', 'campaigns'], () => import('../pages/campaigns/editor'), 'CampaignEditor'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/campaigns/$id/rotation',
    component: page(['leads'], () => import('../pages/leads/rotation'), 'RotationPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/templates',
    validateSearch: listSearch,
    component: page(['items', 'templates'], () => import('../pages/templates/templates'), 'Templates'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/templates/$id',
    component: page(['items', 'campaigns', 'templates'], () => import('../pages/templates/editor'), 'TemplateEditor'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/lists',
    validateSearch: listSearch,
    component: page(['items', 'lists'], () => import('../pages/lists/lists'), 'Lists'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/lists/$id', component: page(['items', 'lists'], () => import('../pages/lists/contacts'), 'Contacts') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/blacklists',
    validateSearch: listSearch,
    component: page(['items', 'lists'], () => import('../pages/blacklists/blacklists'), 'Blacklists'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/blacklists/$id',
    component: page(['items', 'lists'], () => import('../pages/blacklists/entries'), 'Entries'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/leads',
    validateSearch: leadSearch,
    component: page(['leads'], () => import('../pages/leads/leads'), 'Leads'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/team', component: page(['team'], () => import('../pages/team/team'), 'Team') }),
  createRoute({ getParentRoute: () => inside, path: '/team/$id', component: page(['team'], () => import('../pages/team/person'), 'PersonPage') }),
  createRoute({ getParentRoute: () => inside, path: '/jobs', component: page(['team'], () => import('../pages/team/jobs'), 'Jobs') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/deleted',
    validateSearch: deletedSearch,
    component: page(['items'], () => import('../pages/items/deleted'), 'Deleted'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/history',
    validateSearch: historySearch,
    component: page(['properties', 'sharing', 'history'], () => import('../pages/history/history'), 'History'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/settings',
    component: page(['sharing', 'settings'], () => import('../pages/settings/account'), 'AccountSettings'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/settings/sharing',
    validateSearch: (search): { invite?: true } => (search.invite === true ? { invite: true } : {}),
    component: page(['sharing', 'settings'], () => import('../pages/sharing/sharing'), 'Sharing'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/settings/me', component: page(['settings'], () => import('../pages/settings/me'), 'MySettings') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/settings/sessions',
    component: page(['settings'], () => import('../pages/settings/sessions'), 'Sessions'),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren([...guest, inside.addChildren([home, ...pages])]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
