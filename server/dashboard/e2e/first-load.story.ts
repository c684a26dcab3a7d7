// How much has to come before a page can be used.

import { expect, type Person, test, useWorld } from './lib'

const world = useWorld()

/** Opens a page in a browser that has nothing yet, and returns the files that came for it, as long as they travel, the largest first. */
async function loaded({ page }: Person, path: string, sign: string) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const begun = new Map<string, { name: string; headers: number }>()
  const files: { name: string; bytes: number }[] = []
  devtools.on('Network.responseReceived', ({ requestId, response: { url, encodedDataLength }, type }) => {
    if (['Document', 'Script', 'Stylesheet'].includes(type)) begun.set(requestId, { name: new URL(url).pathname, headers: encodedDataLength })
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = begun.get(requestId)
    if (file) files.push({ name: file.name, bytes: encodedDataLength - file.headers })
  })
  await page.goto(world.url + path)
  await page.getByText(sign).first().waitFor()
  await page.waitForLoadState('networkidle')
  return files.sort((a, b) => b.bytes - a.bytes)
}

for (const [path, sign, who, most] of [
  ['/login', 'Log in', undefined, 250_000],
  ['/campaigns', 'Welcome aboard', 'anna', 250_000],
] as const) {
  test.skipIf(process.env.PARTAGE_E2E_PAGES?.startsWith('http'))(`the first load of ${path} stays within its budget, compressed`, async () => {
    const files = await loaded(who ? await world.person(who) : await world.guest(), path, sign)
    const sum = files.reduce((n, f) => n + f.bytes, 0)
    console.log(`${path}: ${sum} bytes in ${files.length} files`)
    expect(files.length).toBeGreaterThan(3)
    expect(Math.min(...files.map((f) => f.bytes))).toBeGreaterThan(0)
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
