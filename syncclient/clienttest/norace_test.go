//go:build !race

package clienttest

// raced says that the race detector is on.
const raced = false
