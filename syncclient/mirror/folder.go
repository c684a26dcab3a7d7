package mirror

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/partage-mail/partage/syncclient/filelock"
)

// Names inside a mirror's folder.
const (
	mainFile   = "main.db"
	listFolder = "lists"
	lockName   = "lock"
)

// Identity says whose copy a mirror is. All ids are plain UUIDs.
type Identity struct {
	// Server is the server's address in its one form.
	Server string
	// User is the person who signs in.
	User string
	// Account is the workspace.
	Account string
	// Collaborator is the person in that account.
	Collaborator string
}

// Folder returns where the mirror of an account belongs: <data>/<server>/<user>/<account>.
func Folder(data string, id Identity) string {
	return filepath.Join(ServerFolder(data, id.Server), id.User, id.Account)
}

// ServerFolder returns the folder of everything that comes from one server. Its name can be read by people and is
// made unique by a hash.
func ServerFolder(data, server string) string {
	name := "server"
	if u, err := url.Parse(server); err == nil {
		name = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
				return r
			}
			return '_'
		}, u.Host)
	}
	sum := sha256.Sum256([]byte(server))
	return filepath.Join(data, name[:min(len(name), 60)]+"-"+hex.EncodeToString(sum[:4]))
}

// lock makes the folder, if need be, and takes it for this process.
func lock(dir string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Join(dir, listFolder), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the local copy: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the local copy: %w", err)
	}
	taken, err := filelock.Try(f)
	if err == nil && !taken {
		err = ErrInUse
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%w (%s)", err, dir)
	}
	// The number only helps a person to find the process.
	if f.Truncate(0) == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return f, nil
}

// InUse reports whether a process has the mirror in dir open for writing.
func InUse(dir string) bool {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR, 0o600)
	if err != nil {
		return false
	}
	taken, err := filelock.Try(f)
	if !taken {
		f.Close()
		return err == nil
	}
	_ = filelock.Release(f)
	return false
}

// Erase removes the mirror in dir with everything that belongs to it. It is refused with ErrInUse while a process
// has it open, and harmless where there is none.
func Erase(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	held, err := lock(dir)
	if err != nil {
		return err
	}
	defer func() { _ = filelock.Release(held) }()
	for _, name := range []string{listFolder, mainFile, mainFile + "-wal", mainFile + "-shm", ballastFile} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("remove the local copy: %w", err)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove the local copy: %w", err)
	}
	return nil
}

// touch makes an empty file that only its owner may read; SQLite gives its journals the same mode. It fails where
// the file exists.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// unlink removes a database file with its journals; what is not there is gone already.
func unlink(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
