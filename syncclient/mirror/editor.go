package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Editor edits a mirror as any program may: through the views, whoever keeps the mirror up to date meanwhile. Its
// methods are for one goroutine at a time; they open what they need and keep nothing open. All of them return ErrNone where
// there is no such mirror, ErrLocked, and ErrOlder or ErrNewer, with nothing done, where it is of another version.
type Editor struct {
	dir     string
	connect connectFunc
}

// Edit returns an editor of the mirror in a folder.
func Edit(dir string) *Editor { return &Editor{dir, connect} }

// Folder returns the mirror's folder.
func (e *Editor) Folder() string { return e.dir }

// ErrRefused is an edit that the mirror does not take, with a sentence that says why.
var ErrRefused = errors.New("the edit was refused")

// Create makes a row of a kind and returns its id, which is final. item is the list or blacklist of a contact or entry,
// empty for items. values are by column: strings or nil; a whole number of archived_at; of fields a map[string]string, or
// JSON. ErrRefused where a value makes no sense, ErrGone where there is no such list, or its file is not here, ErrNotKept
// where it is not kept.
func (e *Editor) Create(ctx context.Context, kind protocol.Kind, item string, values map[string]any) (string, error) {
	var id string
	err := e.in(ctx, writing, kind, item, func(tx *sql.Tx, v view) error {
		values = maps.Clone(values)
		if given, ok := values["id"]; ok {
			id, _ = given.(string) // the view refuses what is none
			delete(values, "id")
		} else if err := tx.QueryRowContext(ctx, `SELECT id FROM fresh`).Scan(&id); err != nil {
			return err
		}
		names := slices.Sorted(maps.Keys(values))
		if err := v.writable(names); err != nil {
			return err
		}
		args, err := taken(names, values)
		if err != nil {
			return err
		}
		columns, args := append([]string{"id"}, names...), append([]any{id}, args...)
		_, err = tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (?%s)`, v.name, strings.Join(columns, ", "),
			strings.Repeat(", ?", len(columns)-1)), args...)
		return err
	})
	return id, err
}

// Change sets columns of a row, to values as of Create. A program that shows a row for a while, before a person changes it,
// also names the version that it showed, a whole number under "version": what others have changed since is then a conflict,
// and not overwritten. ErrGone where there is no such row, ErrRefused where a value makes no sense.
func (e *Editor) Change(ctx context.Context, kind protocol.Kind, item, id string, values map[string]any) error {
	return e.in(ctx, writing, kind, item, func(tx *sql.Tx, v view) error {
		if err := v.exists(ctx, tx, id); err != nil {
			return err
		}
		names := slices.Sorted(maps.Keys(values))
		written := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == seenColumn })
		if err := v.writable(written); err != nil || len(written) == 0 {
			return err
		}
		args, err := taken(names, values)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf(`UPDATE %s SET %s = ? WHERE id = ?`, v.name, strings.Join(names, " = ?, ")), append(args, id)...)
		return err
	})
}

// Delete takes a row out. ErrGone where there is none.
func (e *Editor) Delete(ctx context.Context, kind protocol.Kind, item, id string) error {
	return e.in(ctx, writing, kind, item, func(tx *sql.Tx, v view) error {
		if err := v.exists(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE id = ?`, v.name), id)
		return err
	})
}

// writable refuses names that are no columns which programs may write.
func (v view) writable(names []string) error {
	for _, name := range names {
		known := slices.ContainsFunc(v.columns, func(c viewColumn) bool { return c.name == name && c.written != "" })
		if !known {
			return fmt.Errorf("%w: %s has no column %q that may be written", ErrRefused, v.name, name)
		}
	}
	return nil
}

func (v view) exists(ctx context.Context, tx *sql.Tx, id string) error {
	var there bool
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE id = ?)`, v.name), id).Scan(&there)
	if err == nil && !there {
		return fmt.Errorf("there is no such %s: %w", v.kind, ErrGone)
	}
	return err
}

// open opens main.db.
func (e *Editor) open(ctx context.Context, setup string) (*sql.DB, error) {
	return e.connect.openFile(ctx, e.dir, mainFile, setup)
}

// in runs work in one transaction on the file where rows of a kind are.
func (e *Editor) in(ctx context.Context, setup string, kind protocol.Kind, item string, work func(tx *sql.Tx, v view) error) error {
	main, err := e.open(ctx, setup)
	if err != nil {
		return err
	}
	defer main.Close()
	v, known := viewOf(kind)
	if !known {
		return fmt.Errorf("%w: there are no rows of the kind %q", ErrRefused, kind)
	}
	if v.levels { // of an item
		return refused(transact(ctx, main, func(tx *sql.Tx) error { return work(tx, v) }))
	}
	db, found, err := e.connect.openRowsOf(ctx, e.dir, main, item, setup)
	if err != nil {
		return err
	}
	defer db.Close()
	if found.rows != kind {
		return ErrGone
	}
	return refused(transact(ctx, db, func(tx *sql.Tx) error { return work(tx, v) }))
}

// refused turns what a trigger has to say into ErrRefused.
func refused(err error) error {
	if said, ok := constraint(err); ok {
		return fmt.Errorf("%w: %s", ErrRefused, said)
	}
	return err
}
