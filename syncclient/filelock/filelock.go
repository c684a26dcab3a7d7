// Package filelock says with a lock on a file that a process is alive. The lock ends with the process, however that ends.
package filelock
