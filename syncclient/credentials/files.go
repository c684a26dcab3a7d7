package credentials

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Files keeps each secret in a file of its own in a folder, made if need be: mode 0600 in a folder of mode 0700.
func Files(dir string) Store { return files{dir} }

type files struct{ dir string }

func (f files) path(name string) string {
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(f.dir, hex.EncodeToString(sum[:16]))
}

func (f files) Get(name string) (string, error) {
	secret, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNone
	}
	if err != nil {
		return "", fmt.Errorf("read a credential: %w", err)
	}
	return string(secret), nil
}

// Set writes a new file and puts it in the old one's place, so that a reader finds one or the other, whole.
func (f files) Set(name, secret string) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("keep a credential: %w", err)
	}
	tmp, err := os.CreateTemp(f.dir, ".new-*") // mode 0600
	if err != nil {
		return fmt.Errorf("keep a credential: %w", err)
	}
	_, err = tmp.WriteString(secret)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), f.path(name))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("keep a credential: %w", err)
	}
	return nil
}

func (f files) Delete(name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a credential: %w", err)
	}
	return nil
}
