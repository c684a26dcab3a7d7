// Package browse is a terminal client for the local copies of a computer: accounts, items with their state, contacts with
// search, edits made with or without contact, conflicts side by side. It is the example of how a program is built on the
// library and on the mirror's tables; BROWSE.md says which file shows what.
//
//	err := browse.Run(ctx, browse.Config{Client: client, Servers: servers, In: os.Stdin, Out: os.Stdout})
//
// It reads the SQLite files as mirror/SCHEMA.md documents them, in short transactions of read-only connections, and
// writes through mirror.Editor. The copy that is shown is followed in this process, or, where a partage-sync run
// follows it already, through that one's control channel (control/CONTROL.md).
//
// It guarantees that nothing of what stands in a copy reaches the terminal as a command to it, that no key gives up what
// stands in a form without a question, and that the terminal is as before when Run returns. What stands in a form when the
// window is closed is lost; what was saved never is. It never reads all rows of a list at once.
package browse
