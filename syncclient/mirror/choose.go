package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"
)

// Keep has the rows of a list, a blacklist or a campaign be kept here again. Whoever keeps the mirror fetches them. It is no
// error where they are kept already.
func (e *Editor) Keep(ctx context.Context, id string) error { return e.choose(ctx, id, true) }

// Drop has the rows of a list, a blacklist or a campaign not be kept here. Whoever keeps the mirror deletes them soon. It is
// no error where they are not kept already, or the list has not come yet. Refused, with nothing done, are ErrUnsent and
// ErrUndecided, where what somebody wrote might go with them.
func (e *Editor) Drop(ctx context.Context, id string) error { return e.choose(ctx, id, false) }

func (e *Editor) choose(ctx context.Context, id string, kept bool) error {
	if uuid.Validate(id) != nil {
		return ErrGone
	}
	main, err := e.open(mainFile)
	if err != nil {
		return err
	}
	defer main.Close()
	if _, err := main.ExecContext(ctx, choicesSchema); err != nil {
		return fmt.Errorf("choose which lists are kept: %w", classify(err))
	}
	err = transact(ctx, main, func(tx *sql.Tx) error {
		if !kept {
			if err := e.droppable(ctx, tx, id); err != nil {
				return err
			}
		}
		var already bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM choices WHERE id = ? AND kept = 0) <> ?`, id, kept).Scan(&already)
		if err != nil || already {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO choices (id, kept, at) VALUES (?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET kept = excluded.kept, done = 0, at = excluded.at`, id, kept, micros(time.Now()))
		return err
	})
	if err != nil {
		return fmt.Errorf("choose which lists are kept: %w", err)
	}
	return nil
}

// droppable returns why a list has to stay.
func (e *Editor) droppable(ctx context.Context, tx *sql.Tx, id string) error {
	var unsent, undecided bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sent WHERE item = ?1 AND id <> ?1 AND settled = 0 AND fields IS NOT NULL)
			OR EXISTS (SELECT 1 FROM outbox WHERE id = ?1 AND op = 'create'),
		EXISTS (SELECT 1 FROM attention WHERE item = ?1 AND id <> ?1)`, id).Scan(&unsent, &undecided)
	if err != nil {
		return err
	}
	if undecided {
		return ErrUndecided
	}
	file, err := column(ctx, tx, `SELECT file FROM server_contact_lists WHERE id = ?1 AND file IS NOT NULL
		UNION ALL SELECT file FROM server_blacklists WHERE id = ?1 AND file IS NOT NULL
		UNION ALL SELECT file FROM server_campaigns WHERE id = ?1 AND file IS NOT NULL
		UNION ALL SELECT file FROM local_files WHERE id = ?1`, id)
	if err != nil {
		return err
	}
	for _, name := range file {
		more, err := e.unsentIn(ctx, name)
		if err != nil {
			return err
		}
		unsent = unsent || more
	}
	if unsent {
		return ErrUnsent
	}
	return nil
}

// unsentIn reports whether a file of rows has edits that have not been sent. One that is not there, or damaged, has none
// that could be read.
func (e *Editor) unsentIn(ctx context.Context, name string) (unsent bool, err error) {
	path := filepath.Join(e.dir, filepath.FromSlash(name))
	if glance(path) != nil {
		return false, nil
	}
	db := connectFunc(connect).handle(path, reading)
	defer db.Close()
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM outbox WHERE state IN ('open', 'sealed'))`).Scan(&unsent)
	if err = classify(err); errors.Is(err, ErrDamaged) {
		return false, nil
	}
	return unsent, err
}
