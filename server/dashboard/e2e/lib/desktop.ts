// The sync client on someone's computer, beside the pages.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { control } from './control'
import { addressOf, password } from './sessions'
import type { World } from './world'

/** A computer on which someone follows their account. */
export class Desktop {
  #program: string
  #options: string[]
  #data: string
  #running: ChildProcess | undefined
  #folder = ''

  private constructor(program: string, data: string, options: string[]) {
    this.#program = program
    this.#data = data
    this.#options = options
  }

  /** Logs in and follows. */
  static async start(world: World, who: string): Promise<Desktop> {
    const [program, data] = await Promise.all([control<string>('POST', '/desktop'), mkdtemp(join(tmpdir(), 'partage-desktop-'))])
    const options = ['--server', world.url, '--email', addressOf(who), '--data', data, '--credentials', 'files', '--reserve', '0']
    const desktop = new Desktop(program, data, options)
    await desktop.#run(['login', '--password-stdin'], `${password}\n`)
    await desktop.online()
    return desktop
  }

  /** Follows the server, and sends what was written meanwhile. */
  async online() {
    const running = spawn(this.#program, ['run', '--json', ...this.#options], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#running = running
    let said = ''
    running.stderr.on('data', (chunk) => (said += chunk))
    for await (const line of createInterface(running.stdout)) {
      const { folder }: { folder?: string } = JSON.parse(line)
      if (!folder) continue
      this.#folder = folder
      running.stdout.resume()
      return
    }
    throw new Error(`partage-sync run: ${said}`)
  }

  /** Stops following: what is written now waits. */
  async offline() {
    const running = this.#running
    this.#running = undefined
    if (!running || running.exitCode !== null) return
    await new Promise((resolve) => {
      running.once('exit', resolve)
      running.kill('SIGINT')
    })
  }

  /** Asks or changes the local copy in SQL. The copy of items is main.db; its tables are in syncclient/mirror/SCHEMA.md. */
  sql<Row>(statement: string, values: unknown[] = [], file = 'main.db'): Promise<Row[]> {
    return control<Row[]>('POST', '/sql', { file: join(this.#folder, file), statement, values })
  }

  /** Stops and removes all. */
  async end() {
    await this.offline()
    await rm(this.#data, { recursive: true, force: true })
  }

  #run(command: string[], input: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(this.#program, [...command, ...this.#options], (error, stdout, stderr) =>
        error ? reject(new Error(stderr || error.message)) : resolve(stdout),
      )
      child.stdin?.end(input)
    })
  }
}
