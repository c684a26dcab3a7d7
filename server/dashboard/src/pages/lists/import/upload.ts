// Sending a file to be imported, and how far it has come.

import { clientHeader } from '../../../api/client'

/** What became of the rows of a file; as package upload answers. */
export interface Report {
  rows: number
  added: number
  updated: number
  unchanged: number
  refused: number
  problems: Problem[]
}

/** Why a row was left out. */
export interface Problem {
  line: number
  message: string
}

export type Target = 'contacts' | 'blacklist'

/** How an import ended. `why` is the server's sentence; without one it did not answer. */
export type End = { end: 'done'; report: Report } | { end: 'refused'; why: string | undefined } | { end: 'stopped' }

/** The greatest size of a file. */
export const mostBytes = 64 * 1024 * 1024

/** An import under way. */
export interface Upload {
  ended: Promise<End>
  stop(): void
}

/** Sends a file. `sent` is told how much of it has gone, from 0 to 1. */
export function upload(target: Target, id: string, file: File, sent: (part: number) => void): Upload {
  const request = new XMLHttpRequest()
  const ended = new Promise<End>((resolve) => {
    request.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total)
    request.upload.onload = () => sent(1)
    request.onload = () => {
      if (request.status !== 200) return resolve({ end: 'refused', why: sentenceOf(request.response) })
      const report = reportOf(request.response)
      resolve(report ? { end: 'done', report } : { end: 'refused', why: undefined })
    }
    request.onerror = () => resolve({ end: 'refused', why: undefined })
    request.onabort = () => resolve({ end: 'stopped' })
  })
  request.open('POST', `/upload/${target}/${encodeURIComponent(id)}`)
  request.responseType = 'json'
  for (const [name, value] of Object.entries(clientHeader)) request.setRequestHeader(name, value)
  request.setRequestHeader('Content-Type', target === 'contacts' ? 'text/csv' : 'text/plain')
  request.send(file)
  return { ended, stop: () => request.abort() }
}

/** The sentence of an answer that is none of what was asked for, as all of the server's HTTP says it. */
export function sentenceOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('errors' in answer) || !Array.isArray(answer.errors)) return undefined
  const [first]: unknown[] = answer.errors
  return typeof first === 'object' && first !== null && 'message' in first && typeof first.message === 'string' ? first.message : undefined
}

function reportOf(answer: unknown): Report | undefined {
  const known = (value: unknown): value is Report =>
    typeof value === 'object' && value !== null && ['rows', 'added', 'updated', 'unchanged', 'refused', 'problems'].every((name) => name in value)
  return known(answer) ? answer : undefined
}
