// Parts of the pages that are fetched when they are first needed.

/** Fetches a part, and tries again until the server answers: a connection that is lost takes nothing off the screen. */
export async function fetchPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let pause = 500; ; pause = Math.min(2 * pause, 15_000)) {
    try {
      return await load()
    } catch {
      await new Promise((again) => setTimeout(again, pause))
    }
  }
}

/** Begins the page anew, once for each version, where parts cannot be had although the server answers: a newer one has no more
 * files of this version. */
export function renewWhenOutdated() {
  window.addEventListener('vite:preloadError', async () => {
    const tried = 'partage-outdated'
    if (sessionStorage.getItem(tried) === import.meta.url) return
    const { ok } = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => ({ ok: false }))
    if (!ok) return
    sessionStorage.setItem(tried, import.meta.url)
    location.reload()
  })
}
