package mirror

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Editor edits a mirror as any program may: through the views, whoever keeps the mirror up to date meanwhile. Its
// methods are for one goroutine at a time; they open what they need and keep nothing open.
type Editor struct{ dir string }

// Edit returns an editor of the mirror in a folder.
func Edit(dir string) *Editor { return &Editor{dir} }

// Folder returns the mirror's folder.
func (e *Editor) Folder() string { return e.dir }

// ErrRefused is an edit that the mirror does not take, with a sentence that says why.
var ErrRefused = errors.New("the edit was refused")

// Create makes a row of a kind and returns its id, which is final. item is the list or blacklist of a contact or entry,
// empty for items. values are by column; strings, or nil. ErrRefused where a value makes no sense, ErrNone where there
// is no such mirror, ErrGone where there is no such list, or its file is not here, ErrNotKept where it is not kept.
func (e *Editor) Create(ctx context.Context, kind protocol.Kind, item string, values map[string]any) (string, error) {
	var id string
	err := e.in(ctx, kind, item, func(tx *sql.Tx, v view) error {
		if given, ok := values["id"].(string); ok {
			id = given
		} else if err := tx.QueryRowContext(ctx, `SELECT id FROM fresh`).Scan(&id); err != nil {
			return err
		}
		columns, args := []string{"id"}, []any{id}
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if name != "id" {
				columns, args = append(columns, name), append(args, values[name])
			}
		}
		if err := v.writable(columns[1:]); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (?%s)`, v.name, strings.Join(columns, ", "),
			strings.Repeat(", ?", len(columns)-1)), args...)
		return err
	})
	return id, err
}

// Change sets columns of a row. A program that shows a row for a while, before a person changes it, also names the version
// that it showed, under "version": what others have changed since is then a conflict, and not overwritten. ErrGone where
// there is no such row.
func (e *Editor) Change(ctx context.Context, kind protocol.Kind, item, id string, values map[string]any) error {
	return e.in(ctx, kind, item, func(tx *sql.Tx, v view) error {
		if err := v.exists(ctx, tx, id); err != nil {
			return err
		}
		names := slices.Sorted(maps.Keys(values))
		written := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == seenColumn })
		if err := v.writable(written); err != nil || len(written) == 0 {
			return err
		}
		var set []string
		var args []any
		for _, name := range names {
			set, args = append(set, name+" = ?"), append(args, values[name])
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE %s SET %s WHERE id = ?`, v.name, strings.Join(set, ", ")), append(args, id)...)
		return err
	})
}

// Delete takes a row out. ErrGone where there is none.
func (e *Editor) Delete(ctx context.Context, kind protocol.Kind, item, id string) error {
	return e.in(ctx, kind, item, func(tx *sql.Tx, v view) error {
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

// patch returns what an edit says that sets columns to values.
func (v view) patch(values map[string]any) (string, error) {
	fields := make(map[string]any, len(values))
	for _, c := range v.columns {
		value, given := values[c.name]
		if !given {
			continue
		}
		switch c.name {
		case "archived_at":
			value = value != nil && value != ""
		case "fields":
			var further map[string]string
			if text, is := value.(string); !is || json.Unmarshal([]byte(text), &further) != nil {
				return "", fmt.Errorf("%w: fields is a JSON object of strings", ErrRefused)
			}
			value = further
		}
		fields[c.fieldName()] = value
	}
	text, err := json.Marshal(fields)
	return string(text), err
}

func (v view) exists(ctx context.Context, tx *sql.Tx, id string) error {
	var there bool
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE id = ?)`, v.name), id).Scan(&there)
	if err == nil && !there {
		return ErrGone
	}
	return err
}

// in runs work in one transaction on the file where rows of a kind are.
func (e *Editor) in(ctx context.Context, kind protocol.Kind, item string, work func(tx *sql.Tx, v view) error) error {
	main, err := openFile(e.dir, mainFile, writing)
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
	db, found, err := openRowsOf(ctx, e.dir, main, item, writing)
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
