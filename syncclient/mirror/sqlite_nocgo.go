//go:build !cgo

package mirror

// classify leaves errors as they are: without cgo there is no SQLite, and the only one is the driver's saying so.
func classify(err error) error { return err }

// constraint finds nothing for the same reason.
func constraint(error) (string, bool) { return "", false }

// unshared is never so, for the same reason.
func unshared(error) bool { return false }
