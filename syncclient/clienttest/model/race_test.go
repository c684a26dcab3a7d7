//go:build race

package model_test

// raced says that the race detector is on, which makes histories ten times slower and has nothing to find in them.
const raced = true
