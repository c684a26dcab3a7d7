import { expect, test } from 'vitest'
import { mailTo } from './mail-to'

test.each([
  ['ann+news@example.com', 'mailto:ann%2Bnews@example.com'],
  ['sales?bcc=spy@evil.example', 'mailto:sales%3Fbcc%3Dspy@evil.example'],
  ['x?to=a@evil.example&body=now@b', 'mailto:x%3Fto%3Da@evil.example%26body%3Dnow%40b'],
])('%s is written to alone', (address, link) => {
  expect(mailTo(address)).toBe(link)
  expect(new URL(link).search).toBe('')
})
