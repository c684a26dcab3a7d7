//go:build race

package syncclient_test

// raced: the tests run with the race detector.
const raced = true
