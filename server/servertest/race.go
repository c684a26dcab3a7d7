//go:build race

package servertest

// Raced says that the race detector is on. It makes long histories of one goroutine several times slower, and has nothing
// to find in them.
const Raced = true
