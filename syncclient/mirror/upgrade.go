package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// upgrade brings the tables of an older version to this one, in place and within the transaction of build: a file has
// the tables of one version or of the other. Files of rows keep their cursors, so that no row is fetched again; of the
// workspace a walk begins, for what the older version passed over or did not know of.
func upgrade(ctx context.Context, tx *sql.Tx, from int, schema string) error {
	if from != 1 && from != 2 {
		return fmt.Errorf("the local copy has the unknown version %d", from)
	}
	if err := dropViews(ctx, tx); err != nil {
		return err
	}
	if err := moveAside(ctx, tx); err != nil {
		return err
	}
	if err := addMissing(ctx, tx, schema); err != nil {
		return err
	}
	if err := noteItems(ctx, tx); err != nil || from != 1 {
		return err
	}
	return walkAgain(ctx, tx)
}

// moveAside gives tables of older versions the names under which this one keeps what the server told; views take theirs.
func moveAside(ctx context.Context, tx *sql.Tx) error {
	renames, err := column(ctx, tx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN
		('campaigns', 'templates', 'contact_lists', 'blacklists', 'campaign_lists', 'campaign_blacklists', 'contacts', 'entries', 'leads', 'account', 'collaborators')`)
	if err != nil {
		return err
	}
	for _, name := range renames {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`ALTER TABLE %[1]s RENAME TO server_%[1]s`, name)); err != nil {
			return fmt.Errorf("rename %s: %w", name, err)
		}
	}
	return nil
}

// dropViews drops the views, and with them the triggers on them: they are made anew with what this version adds.
func dropViews(ctx context.Context, tx *sql.Tx) error {
	views, err := column(ctx, tx, `SELECT name FROM sqlite_schema WHERE type = 'view'`)
	if err != nil {
		return err
	}
	for _, name := range views {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`DROP VIEW "%s"`, strings.ReplaceAll(name, `"`, `""`))); err != nil {
			return fmt.Errorf("drop %s: %w", name, err)
		}
	}
	return nil
}

// noteItems notes all items for the full-text index in main.db; in other files it does nothing.
func noteItems(ctx context.Context, tx *sql.Tx) error {
	main, err := isMain(ctx, tx)
	if err != nil || !main {
		return err
	}
	_, err = tx.ExecContext(ctx, noteAllItems)
	return err
}

func isMain(ctx context.Context, tx *sql.Tx) (main bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'mirror')`).Scan(&main)
	return main, err
}

// walkAgain begins a walk of the workspace in main.db; in other files it does nothing. Until the account has come, its
// mirrors are not locked: what it says of that is not known.
func walkAgain(ctx context.Context, tx *sql.Tx) error {
	main, err := isMain(ctx, tx)
	if err != nil || !main {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE mirror SET cursor = '', walking = 1, walk = walk + 1;
		UPDATE server_account SET desktop_lock_days = 0, desktop_erase_days = 0;`)
	return err
}

// addMissing makes the tables, columns, indexes, views and triggers of a schema that a file does not have. It builds the
// schema beside it, in memory, and takes its parts from there.
func addMissing(ctx context.Context, tx *sql.Tx, schema string) error {
	whole, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer whole.Close()
	whole.SetMaxOpenConns(1)
	if _, err := whole.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	parts, err := pairs(ctx, whole, `SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid`)
	if err != nil {
		return err
	}
	for _, part := range parts {
		var there bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)`, part[0]).Scan(&there); err != nil {
			return err
		}
		if !there {
			if _, err := tx.ExecContext(ctx, part[1]); err != nil {
				return fmt.Errorf("make %s: %w", part[0], err)
			}
			continue
		}
		if err := addColumns(ctx, tx, whole, part[0]); err != nil {
			return err
		}
	}
	return nil
}

// addColumns adds the columns that a table does not have. New columns have a default.
func addColumns(ctx context.Context, tx *sql.Tx, whole *sql.DB, table string) error {
	columns, err := pairs(ctx, whole, `SELECT name, type || CASE "notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END
		|| coalesce(' DEFAULT ' || dflt_value, '') FROM pragma_table_info(?)`, table)
	if err != nil {
		return err
	}
	have, err := column(ctx, tx, `SELECT name FROM pragma_table_info(?)`, table)
	if err != nil {
		return err
	}
	known := "," + strings.Join(have, ",") + ","
	for _, c := range columns {
		if strings.Contains(known, ","+c[0]+",") {
			continue
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`ALTER TABLE %s ADD COLUMN %s %s`, table, c[0], c[1])); err != nil {
			return fmt.Errorf("add %s.%s: %w", table, c[0], err)
		}
	}
	return nil
}
