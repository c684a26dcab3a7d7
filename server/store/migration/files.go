// Package migration brings a database to the schema this program was built for.
//
// It guarantees that a migration is applied whole or not at all, that processes which start together
// apply each one once, and that a database is refused which was made by a newer program or by other
// files than these. It leaves what the files say to ent/migrate, and their making to store/schemadiff.
package migration

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Migration is one versioned step of the schema.
type Migration struct {
	// Version is its number: 1, 2, 3, … without gaps.
	Version int
	Name    string
	SQL     string
	// Checksum is the hex SHA-256 of the file with \n line ends, so that a checkout with others agrees.
	Checksum string
}

// Load reads the files NNNN_name.sql of a folder in the order of their numbers. It refuses gaps,
// duplicates and files it cannot place.
func Load(folder fs.FS) ([]Migration, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("reading migrations: %w", err)
	}
	var ms []Migration
	for _, e := range entries {
		base, ok := strings.CutSuffix(e.Name(), ".sql")
		if !ok {
			continue
		}
		number, name, _ := strings.Cut(base, "_")
		if len(number) != 4 || name == "" {
			return nil, fmt.Errorf("migration %q is not named NNNN_name.sql", e.Name())
		}
		version, err := strconv.Atoi(number)
		if err != nil || version != len(ms)+1 {
			return nil, fmt.Errorf("migration %q stands where number %d is due", e.Name(), len(ms)+1)
		}
		text, err := fs.ReadFile(folder, e.Name())
		if err != nil {
			return nil, fmt.Errorf("reading migrations: %w", err)
		}
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		sum := sha256.Sum256(text)
		ms = append(ms, Migration{
			Version:  version,
			Name:     name,
			SQL:      string(text),
			Checksum: hex.EncodeToString(sum[:]),
		})
	}
	return ms, nil
}
