// partage-sync as a child of this program, as in the main process of Electron: start it, talk to it, read and write its
// SQLite files. Nothing here blocks but the queries, which take microseconds to milliseconds.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import path from 'node:path'
import readline from 'node:readline'
import { Duplex } from 'node:stream'
import Database from 'better-sqlite3'
import { open } from './control.js'

// login signs a person in; the password travels by standard input, where no list of processes shows it.
export async function login(program, options, email, password) {
  const child = execFile(program, ['login', ...options, '--email', email, '--password-stdin'])
  let said = ''
  child.stderr.on('data', text => { said += text })
  child.stdin.on('error', () => {}) // where it ends without reading: its exit code says why
  child.stdin.end(password + '\n')
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(said.trim())
}

// connect reaches a partage-sync that has started. On Windows, Node cannot open its socket; a child can.
function connect(program, options, started) {
  if (process.platform !== 'win32') return net.connect(started.control)
  const relay = spawn(program, ['control', 'relay', '--account', started.accountId, ...options], { stdio: ['pipe', 'pipe', 'ignore'] })
  return Duplex.from({ writable: relay.stdin, readable: relay.stdout })
}

// Partage is one account that partage-sync follows.
export class Partage {
  // start resolves when the files are there to be read. onEvent gets each event; onEnd gets the exit code, which
  // CONTROL.md says what to do about: start again after a while, or have the person sign in (3).
  static async start(program, options, onEvent = () => {}, onEnd = () => {}) {
    const child = spawn(program, ['run', '--json', ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.on('data', text => { said = (said + text).slice(-10_000) }) // what people read: a log
    const ended = once(child, 'close').then(([code]) => code, error => { said = error.message; return 1 }) // it is not there, say
    const partage = new Partage()
    return new Promise((resolve, reject) => {
      ended.then(code => {
        reject(new Error(`partage-sync ended (${code}): ${said.trim()}`)) // which is heard only before it has started
        onEnd(code)
      })
      readline.createInterface({ input: child.stdout }).on('line', text => {
        const event = JSON.parse(text)
        if (event.event === 'started') {
          partage.control?.close()
          Object.assign(partage, { ended, folder: event.folder, control: open(connect(program, options, event), () => {}) })
          resolve(partage)
        }
        onEvent(event)
      })
    })
  }

  // ask sends a request over the socket and resolves with the answer, or rejects with { code, message }.
  ask(what, more) { return this.control.ask(what, more) }

  // read runs work with a file of the copy, which is closed afterwards: files come and go with what is shared.
  read(file, work) { return this.#with(file, { readonly: true }, work) }

  // write does the same with a file that may be written: its views (SCHEMA.md, "Writing").
  write(file, work) { return this.#with(file, {}, work) }

  #with(file, options, work) {
    const db = new Database(path.join(this.folder, file), { fileMustExist: true, timeout: 10_000, ...options })
    try { return work(db) } finally { db.close() }
  }

  // stop ends partage-sync and resolves when the files are free. What was edited stays, and is sent the next time.
  async stop() {
    await this.ask('stop')
    this.control.close()
    return this.ended
  }
}
