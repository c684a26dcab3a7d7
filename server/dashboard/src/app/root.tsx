import { HeadContent, Outlet } from '@tanstack/react-router'

/** What all pages stand in. */
export function Root() {
  return (
    <>
      <HeadContent />
      <Outlet />
    </>
  )
}
