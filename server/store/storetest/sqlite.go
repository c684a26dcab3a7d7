package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/partage-mail/partage/server/store"
)

// migratedFile is a migrated SQLite database, made once in a test binary: the tests share nothing but its
// bytes, which never change.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "storetest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	s, err := store.Open(context.Background(), store.Config{DataDir: folder})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, store.FileName))
})

func copySQLite(tb testing.TB, folder string) {
	tb.Helper()
	file, err := migratedFile()
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, store.FileName), file, 0o600)
	}
	if err != nil {
		tb.Fatalf("storetest: %v", err)
	}
}
