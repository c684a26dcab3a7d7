// Package mirror keeps the local copy of one account as one person may see it: a folder with main.db for the
// workspace and a SQLite file of its own for the rows of each contact list and blacklist. SCHEMA.md documents the
// tables for the programs that read them while the mirror is being written.
//
// It guarantees:
//   - A page and its cursor are one transaction, data first, cursor last: killed anywhere, the mirror goes on from
//     its cursor, and the cursor is never ahead of the data.
//   - A walk in place keeps what is there, marks what comes and sweeps the rest with the walk's last page.
//   - What is removed leaves no bytes: the file of a list that goes is unlinked at once, and Settle writes files anew
//     from which rows were removed and empties their journals. Each file notes that this is to be done, in the
//     transaction that removes, so that a process that was killed leaves it to the next.
//   - A list whose file was deleted, damaged or robbed of rows is behind as soon as that is found (Loss), and begins
//     anew.
//   - One process writes a mirror; a second one is refused with ErrInUse.
//
// Commits do not wait for the disk (synchronous NORMAL): after a power cut the newest ones may be missing, each file
// by itself, and they come again from the server, which is the truth. So each file is asked what it has reached when
// the mirror is opened, whatever main.db says.
//
// Items and rows can be searched by their words (Search). What is to be indexed is noted in the transaction that changes it, and
// indexed by Index, for which whoever keeps the mirror finds the time.
//
// It leaves the network, and the decision what to pull when, to others.
package mirror
