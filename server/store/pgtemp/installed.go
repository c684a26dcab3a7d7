package pgtemp

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
)

// ErrMissing says that PostgreSQL is not installed here.
var ErrMissing = errors.New("PostgreSQL 15 or newer is not installed (looked in /usr/lib/postgresql and PATH)")

// oldest is the first version with the options that are used here and in storetest.
const oldest = 15

// installation is the folder of PostgreSQL's programs.
type installation string

func (bin installation) program(name string) string { return filepath.Join(string(bin), name) }

// installed finds the newest of Debian's folders, or else what PATH leads to.
func installed() (installation, error) {
	newest, bin := oldest-1, ""
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	for _, initdb := range found {
		folder := filepath.Dir(initdb)
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		if err == nil && version > newest {
			newest, bin = version, folder
		}
	}
	if bin != "" {
		return installation(bin), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", ErrMissing
	}
	return installation(filepath.Dir(initdb)), nil
}
