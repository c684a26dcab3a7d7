// Package credentials keeps the tokens of sessions: in the system's keychain where there is one, else in files that
// only their owner may read. Tokens are never logged and appear in no error.
package credentials

import "errors"

// ErrNone says that there is no secret of that name.
var ErrNone = errors.New("there is no such credential")

// Store keeps secrets by name. Implementations are safe for use by several processes.
type Store interface {
	// Get returns the secret of a name, or ErrNone.
	Get(name string) (string, error)
	// Set keeps a secret in place of an earlier one.
	Set(name, secret string) error
	// Delete forgets a secret; it is harmless where there is none.
	Delete(name string) error
}

// Either keeps secrets in the first store where it can, else in the second, and finds them in both.
func Either(first, second Store) Store { return either{first, second} }

type either struct{ first, second Store }

func (e either) Get(name string) (string, error) {
	if secret, err := e.first.Get(name); err == nil {
		return secret, nil
	}
	return e.second.Get(name)
}

func (e either) Set(name, secret string) error {
	if e.first.Set(name, secret) == nil {
		return e.second.Delete(name)
	}
	return e.second.Set(name, secret)
}

// Delete fails only where the second store does: the first may not be there at all.
func (e either) Delete(name string) error {
	_ = e.first.Delete(name)
	return e.second.Delete(name)
}
