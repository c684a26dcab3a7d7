//go:build !race

package servertest

// Raced says that the race detector is on.
const Raced = false
