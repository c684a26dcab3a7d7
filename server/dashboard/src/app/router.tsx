// Every address of the pages. What a page shows is fetched when it is first gone to.

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { historySearch } from '../pages/history/address'
import { listSearch } from '../pages/items/address'
import { leadSearch } from '../pages/leads/address'
import { Broken } from './broken'
import { Missing } from './missing'
import { Root } from './root'

const root = createRootRoute({ component: Root, notFoundComponent: Missing })

/** Where to go on to after signing in: a path of these pages, never another site's. */
const next = (search: Record<string, unknown>): { next?: string | undefined } => {
  const path = search.next
  return typeof path === 'string' && /^\/[^/\\]/.test(path) ? { next: path } : { next: undefined } // TanStack Router leaves what is not named as it was
}

const guest = [
  createRoute({
    getParentRoute: () => root,
    path: '/login',
    validateSearch: next,
    component: lazyRouteComponent(() => import('../pages/guest/login'), 'LogIn'),
  }),
  createRoute({ getParentRoute: () => root, path: '/sign-up', component: lazyRouteComponent(() => import('../pages/guest/sign-up'), 'SignUp') }),
  createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('../pages/guest/forgot-password'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('../pages/guest/reset-password'), 'ResetPassword'),
  }),
  createRoute({ getParentRoute: () => root, path: '/invitation', component: lazyRouteComponent(() => import('../pages/guest/invitation'), 'Invitation') }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts',
    validateSearch: next,
    component: lazyRouteComponent(() => import('../pages/guest/accounts'), 'Accounts'),
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
  component: lazyRouteComponent(() => import('./inside'), 'Inside'),
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
    component: lazyRouteComponent(() => import('../pages/campaigns/campaigns'), 'Campaigns'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/campaigns/$id',
    component: lazyRouteComponent(() => import('../pages/campaigns/editor'), 'CampaignEditor'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/campaigns/$id/rotation',
    component: lazyRouteComponent(() => import('../pages/leads/rotation'), 'RotationPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/templates',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('../pages/templates/templates'), 'Templates'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/templates/$id',
    component: lazyRouteComponent(() => import('../pages/templates/editor'), 'TemplateEditor'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/lists',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('../pages/lists/lists'), 'Lists'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/lists/$id', component: lazyRouteComponent(() => import('../pages/lists/contacts'), 'Contacts') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/blacklists',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('../pages/blacklists/blacklists'), 'Blacklists'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/blacklists/$id', component: lazyRouteComponent(() => import('../pages/blacklists/entries'), 'Entries') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/leads',
    validateSearch: leadSearch,
    component: lazyRouteComponent(() => import('../pages/leads/leads'), 'Leads'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/team', component: lazyRouteComponent(() => import('../pages/team/team'), 'Team') }),
  createRoute({ getParentRoute: () => inside, path: '/team/$id', component: lazyRouteComponent(() => import('../pages/team/person'), 'PersonPage') }),
  createRoute({ getParentRoute: () => inside, path: '/jobs', component: lazyRouteComponent(() => import('../pages/team/jobs'), 'Jobs') }),
  createRoute({ getParentRoute: () => inside, path: '/deleted', component: lazyRouteComponent(() => import('../pages/items/deleted'), 'Deleted') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/history',
    validateSearch: historySearch,
    component: lazyRouteComponent(() => import('../pages/history/history'), 'History'),
  }),
  createRoute({ getParentRoute: () => inside, path: '/settings', component: lazyRouteComponent(() => import('../pages/settings/account'), 'AccountSettings') }),
  createRoute({ getParentRoute: () => inside, path: '/settings/sharing', component: lazyRouteComponent(() => import('../pages/sharing/sharing'), 'Sharing') }),
  createRoute({ getParentRoute: () => inside, path: '/settings/me', component: lazyRouteComponent(() => import('../pages/settings/me'), 'MySettings') }),
  createRoute({
    getParentRoute: () => inside,
    path: '/settings/sessions',
    component: lazyRouteComponent(() => import('../pages/settings/sessions'), 'Sessions'),
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
