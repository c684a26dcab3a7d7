package migrate

import (
	"embed"
	"fmt"
	"io/fs"

	"entgo.io/ent/dialect"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// Files returns the versioned migrations of a dialect, NNNN_name.sql each, in the order of their numbers.
// `go generate ./ent` recreates the initial one; see server/store/schemadiff for the next ones.
func Files(dialectName string) (fs.FS, error) {
	switch dialectName {
	case dialect.SQLite:
		return fs.Sub(files, "sqlite")
	case dialect.Postgres:
		return fs.Sub(files, "postgres")
	}
	return nil, fmt.Errorf("no migrations for %q", dialectName)
}
