package credentials

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"
)

// Keychain keeps secrets in the system's keychain: macOS Keychain, Windows Credential Manager, or the Secret Service
// of a Linux desktop. Where there is none, all its methods fail.
func Keychain() Store { return keychain{service: "partage-sync"} }

type keychain struct{ service string }

func (k keychain) Get(name string) (string, error) {
	secret, err := keyring.Get(k.service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNone
	}
	if err != nil {
		return "", fmt.Errorf("read from the keychain: %w", err)
	}
	return secret, nil
}

func (k keychain) Set(name, secret string) error {
	if err := keyring.Set(k.service, name, secret); err != nil {
		return fmt.Errorf("write to the keychain: %w", err)
	}
	return nil
}

func (k keychain) Delete(name string) error {
	if err := keyring.Delete(k.service, name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return fmt.Errorf("remove from the keychain: %w", err)
	}
	return nil
}
