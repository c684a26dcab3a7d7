//go:build race

package clienttest

// raced says that the race detector is on, which makes histories several times slower.
const raced = true
