// The control channel of partage-sync: ../../control/CONTROL.md, which has this function in its text.
import readline from 'node:readline'

export function open(socket, onEvent) {
  const waiting = new Map()
  let last = 0, ended
  const end = error => {
    ended ??= error
    waiting.forEach(asked => asked.reject(ended))
    waiting.clear()
  }
  const lines = readline.createInterface({ input: socket })
  lines.on('line', text => {
    const line = JSON.parse(text), asked = waiting.get(line.id)
    if (line.event) return onEvent(line)
    waiting.delete(line.id)
    if (asked) line.error ? asked.reject(line.error) : asked.resolve(line)
  })
  lines.on('close', () => end(new Error('partage-sync has ended')))
  for (const stream of [lines, socket]) stream.on('error', end)
  const ask = (what, more) => new Promise((resolve, reject) => {
    if (ended) return reject(ended)
    waiting.set(++last, { resolve, reject })
    socket.write(JSON.stringify({ id: last, do: what, ...more }) + '\n')
  })
  return { ask, close: () => socket.end() }
}
