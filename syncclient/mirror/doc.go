// Package mirror keeps the local copy of one account as one person may see it: a folder with main.db for the
// workspace and a SQLite file of its own for the rows of each contact list and blacklist. SCHEMA.md documents the
// tables for the programs that read them while the mirror is being written.
//
// It guarantees:
//   - A page and its cursor are one transaction, data first, cursor last: killed anywhere, the mirror goes on from
//     its cursor, and the cursor is never ahead of the data.
//   - A walk in place keeps what is there, marks what comes and sweeps the rest with the walk's last page.
//   - What is removed leaves no bytes: secure_delete stands on every connection from the first byte on, the file of
//     a list that goes is unlinked, and a truncating checkpoint is retried until it is complete (Settle).
//   - One process writes a mirror; a second one is refused with ErrInUse.
//
// Commits do not wait for the disk (synchronous NORMAL): after a power cut the newest ones may be missing, each file
// by itself, and they come again from the server, which is the truth. So main.db's note of what a list's file has
// reached is believed only after a clean end; otherwise the files are asked when the mirror is opened.
//
// It leaves the network, and the decision what to pull when, to others.
package mirror
