//go:build !unix

package pgtemp

import "syscall"

// prepare refuses: the shell that ends the server with this process needs a Unix.
func prepare(string) (*syscall.SysProcAttr, error) { return nil, ErrMissing }
