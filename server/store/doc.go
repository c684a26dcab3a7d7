// Package store opens the database and runs transactions on it: a SQLite file by default, PostgreSQL
// where a URL is given. Nothing else in the server knows how the two differ in connections, locks and
// retries.
//
// # What it guarantees
//
//   - Open returns a database whose schema is the one this program was built for, or an error that says
//     what to do.
//   - Write runs its function in one transaction, again from the start where the database asks for that,
//     and has stored it durably when it returns nil.
//   - Snapshot shows one state of the database, whatever is written meanwhile, and cannot write.
//   - A query that would leave the transaction it was made in (the Client used inside Write or Snapshot)
//     is refused: it would see another state, and on SQLite wait for itself.
//
// # What it leaves to others
//
// Who may see what is decided by the viewer in the context (ent/viewer), change numbers by feed. On
// PostgreSQL, Write is READ COMMITTED: a command that decides by what it read locks those rows
// (ForUpdate) or puts the condition into its UPDATE. On SQLite there is one writer at a time.
//
// # Raw SQL
//
// Bulk work goes through the transaction's ExecContext and QueryContext. One text serves both databases
// where it is written with SQLite's placeholders (? or ?1) and passed through [Rebind]; where the texts
// differ, [Store.Dialect] tells which one to use.
//
// A list of values is one parameter, a JSON array, whatever its length:
//
//	SQLite:     … WHERE id IN (SELECT value FROM jsonb_each(?1))
//	PostgreSQL: … WHERE id IN (SELECT value::uuid FROM jsonb_array_elements_text(?1::jsonb) AS value)
//
// and a list of rows is one, too, an array of arrays or objects:
//
//	SQLite:     SELECT value ->> 0, value ->> 1 FROM jsonb_each(?1)
//	PostgreSQL: SELECT (value ->> 0)::uuid, value ->> 1 FROM jsonb_array_elements(?1::jsonb) AS value
//
// Pass the JSON as a string: SQLite takes []byte for its own binary JSON. DESIGN.md has what the
// alternatives cost.
package store
