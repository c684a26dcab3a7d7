// The control channel of partage-sync: ../../control/CONTROL.md, which has this function in its text.
import readline from 'node:readline'

export function open(socket, onEvent) {
  const waiting = new Map()
  let last = 0
  readline.createInterface({ input: socket }).on('line', text => {
    const line = JSON.parse(text), asked = waiting.get(line.id)
    if (line.event) return onEvent(line)
    waiting.delete(line.id)
    if (asked) line.error ? asked.reject(line.error) : asked.resolve(line)
  }).on('close', () => waiting.forEach(asked => asked.reject(new Error('partage-sync has ended'))))
  socket.on('error', error => waiting.forEach(asked => asked.reject(error)))
  const ask = (what, more) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject })
    socket.write(JSON.stringify({ id: last, do: what, ...more }) + '\n')
  })
  return { ask, close: () => socket.end() }
}
