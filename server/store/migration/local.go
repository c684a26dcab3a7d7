package migration

import (
	"context"
	"database/sql"
	"fmt"

	"entgo.io/ent/dialect"
)

// local is what differs between the databases.
type local struct {
	// prepare sets up the connection, begin starts a transaction that only one process can be in and
	// sees to it that the table of migrations exists.
	prepare, begin []string
	// exists says whether the table of migrations is there, record adds a row to it.
	exists, record string
	// verify looks for damage before the commit.
	verify func(context.Context, *sql.Conn) error
}

const create = "CREATE TABLE IF NOT EXISTS " + Table + " (version bigint NOT NULL PRIMARY KEY, name text NOT NULL, " +
	"checksum text NOT NULL, applied_at bigint NOT NULL)"

// lockKey is the number of PostgreSQL's advisory lock for migrations: "partage" in ASCII.
const lockKey = 0x70617274616765

func localOf(name string) (local, error) {
	switch name {
	case dialect.SQLite:
		return local{
			prepare: []string{"PRAGMA foreign_keys = OFF"},
			begin:   []string{"BEGIN IMMEDIATE", create},
			exists:  "SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = '" + Table + "'",
			record:  "INSERT INTO " + Table + " (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
			verify:  verifyForeignKeys,
		}, nil
	case dialect.Postgres:
		return local{
			begin:  []string{"BEGIN", fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", lockKey), create},
			exists: "SELECT to_regclass('" + Table + "') IS NOT NULL",
			record: "INSERT INTO " + Table + " (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
			verify: func(context.Context, *sql.Conn) error { return nil },
		}, nil
	}
	return local{}, fmt.Errorf("no migrations for a database of kind %q", name)
}

// verifyForeignKeys finds rows whose parent a migration has taken away: SQLite did not look meanwhile.
func verifyForeignKeys(ctx context.Context, conn *sql.Conn) error {
	var table, parent string
	var row sql.NullInt64
	var key int
	err := conn.QueryRowContext(ctx, "PRAGMA foreign_key_check").Scan(&table, &row, &parent, &key)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return fmt.Errorf("checking foreign keys: %w", err)
	}
	return fmt.Errorf("it leaves row %d of %s without its %s", row.Int64, table, parent)
}
