// How much has to come before a page can be used.

import { expect, type Person, test, useWorld } from './lib'

const world = useWorld()

/** Opens a page in a browser that has nothing yet, and returns what came for it, compressed, the largest first. */
async function loaded({ page }: Person, path: string, sign: string) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const names = new Map<string, string>()
  const files: { name: string; bytes: number }[] = []
  devtools.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (['Document', 'Script', 'Stylesheet'].includes(type)) names.set(requestId, new URL(response.url).pathname)
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId)
    if (name) files.push({ name, bytes: encodedDataLength })
  })
  await page.goto(world.url + path)
  await page.getByText(sign).first().waitFor()
  await page.waitForLoadState('networkidle')
  return files.sort((a, b) => b.bytes - a.bytes)
}

for (const [path, sign, who, most] of [
  ['/login', 'Log in', undefined, 290_000],
  ['/campaigns', 'Welcome aboard', 'anna', 360_000],
] as const) {
  test.skipIf(process.env.PARTAGE_E2E_PAGES?.startsWith('http'))(`the first load of ${path} stays within its budget, compressed`, async () => {
    const files = await loaded(who ? await world.person(who) : await world.guest(), path, sign)
    const sum = files.reduce((n, f) => n + f.bytes, 0)
    console.log(`${path}: ${sum} bytes in ${files.length} files`)
    expect(files.length).toBeGreaterThan(3)
    expect(sum, files.map((f) => `${f.bytes} ${f.name}`).join('\n')).toBeLessThan(most)
  })
}

test('what is loaded is compressed', async () => {
  const { page } = await world.guest()
  const answer = page.waitForResponse((r) => r.url().endsWith('.js'))
  await page.goto(`${world.url}/login`)
  const headers = await (await answer).allHeaders()
  expect(headers['content-encoding']).toBe('gzip')
  expect(headers['cache-control']).toContain('immutable')
})
