// A day with a copy: edit a contact while nothing runs, go online and find it on the server; then make a conflict on
// purpose and resolve it.
//
//   npm ci
//   PARTAGE_PASSWORD=... node main.js path/to/partage-sync http://127.0.0.1:8080 anna@example.com data-folder
import assert from 'node:assert/strict'
import { changeContact, contact, signIn } from './api.js'
import { login, Partage } from './partage.js'

const [program, server, email, data] = process.argv.slice(2)
const password = process.env.PARTAGE_PASSWORD
if (!data || !password) {
  console.error('usage: PARTAGE_PASSWORD=... node main.js partage-sync server email data-folder')
  process.exit(2)
}
const options = ['--server', server, '--data', data, '--credentials', 'files']
const start = () => Partage.start(program, options, e => { if (e.event === 'pushed') console.log('sent', e.applied, 'edit(s)') })

// The first time: sign in, and wait until all is here.
await login(program, options, email, password)
let partage = await start()
await partage.ask('sync')
const campaigns = partage.read('main.db', db => db.prepare('SELECT name FROM campaigns ORDER BY name').pluck().all())
console.log('campaigns:', campaigns.join(', '))
const list = partage.read('main.db', db => db.prepare(
  'SELECT name, file FROM contact_lists WHERE complete = 1 AND row_count > 0 ORDER BY name').get())
const { id, email: address, ...before } = partage.read(list.file, db => db.prepare('SELECT id, email, city, company FROM contacts ORDER BY email').get())
console.log(`${address} is in ${list.name}`)
await partage.stop()

// Offline: nothing runs, no network is needed. The edit is in the copy at once, and waits there.
const token = await signIn(server, email, password)
const city = before.city === 'Lyon' ? 'Nantes' : 'Lyon'
partage.write(list.file, db => db.prepare('UPDATE contacts SET city = ? WHERE id = ?').run(city, id))
const here = partage.read(list.file, db => db.prepare('SELECT c.city, s.state FROM contacts c JOIN states s USING (id) WHERE c.id = ?').get(id))
console.log('edited offline:', here)
assert.equal((await contact(server, token, id)).city, before.city)

// Online: the edit goes out, and the API has it.
partage = await start()
await partage.ask('sync')
const there = await contact(server, token, id)
console.log('the API has:', there)
assert.equal(there.city, city)

// A conflict on purpose: while syncing is paused, the same field is changed here and in the dashboard.
const mine = before.company + ', mine', theirs = before.company + ', theirs'
await partage.ask('pause')
partage.write(list.file, db => db.prepare('UPDATE contacts SET company = ? WHERE id = ?').run(mine, id))
await changeContact(server, token, id, there.version, { company: theirs })
await partage.ask('resume')
await partage.ask('sync')
const { conflicts: [conflict] } = await partage.ask('conflicts')
console.log('conflict:', { mine: conflict.mine, theirs: conflict.theirs })
assert.deepEqual([conflict.mine, conflict.theirs], [{ company: mine }, { company: theirs }])

// Resolve it over the socket: what was written here is sent once more, on top of theirs.
await partage.ask('resolve', { key: conflict.key, decision: 'mine' })
await partage.ask('sync')
assert.deepEqual((await partage.ask('conflicts')).conflicts, [])
const resolved = await contact(server, token, id)
console.log('resolved, the API has:', resolved)
assert.equal(resolved.company, mine)
await partage.stop()
