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
// ErrUndecided, where what somebody wrote might go with them. On a full disk it takes the room of the ballast.
func (e *Editor) Drop(ctx context.Context, id string) error {
	return needed(ctx, e.dir, func() error { return e.choose(ctx, id, false) })
}

// Chosen returns the ids of what was chosen and is still to be carried out. None in mirrors of an older version.
func (e *Editor) Chosen(ctx context.Context) ([]string, error) {
	main, err := e.open(ctx, reading)
	if err != nil {
		return nil, passOver(err, ErrOlder)
	}
	defer main.Close()
	left, err := column(ctx, main, `SELECT id FROM choices WHERE done = 0`)
	if err != nil {
		return nil, fmt.Errorf("read which lists are kept: %w", classify(err))
	}
	return left, nil
}

func (e *Editor) choose(ctx context.Context, id string, kept bool) error {
	if uuid.Validate(id) != nil {
		return ErrGone
	}
	main, err := e.open(ctx, writing)
	if err != nil {
		return err
	}
	defer main.Close()
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
	if err == nil || errors.Is(err, ErrUnsent) || errors.Is(err, ErrUndecided) {
		return err
	}
	return fmt.Errorf("choose which lists are kept: %w", err)
}

// droppable returns why a list has to stay.
func (e *Editor) droppable(ctx context.Context, tx *sql.Tx, id string) error {
	unsent, undecided, err := unsettled(ctx, tx, id)
	if err != nil {
		return err
	}
	if undecided {
		return ErrUndecided
	}
	made, err := column(ctx, tx, `SELECT id FROM outbox WHERE id = ? AND op = 'create'`, id)
	if err != nil {
		return err
	}
	unsent = unsent || len(made) > 0
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
	db := e.connect.handle(path, reading)
	defer db.Close()
	if unsent, err = hasUnsent(ctx, db); errors.Is(err, ErrDamaged) {
		return false, nil
	}
	return unsent, err
}

// unsettled reports whether edits of rows of a list that main.db knows of are to be sent or have no answer yet, and whether
// some need a person's eye.
func unsettled(ctx context.Context, main queryer, id string) (unsent, undecided bool, err error) {
	err = main.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sent WHERE item = ?1 AND id <> ?1 AND settled = 0 AND fields IS NOT NULL),
		EXISTS (SELECT 1 FROM attention WHERE item = ?1 AND id <> ?1)`, id).Scan(&unsent, &undecided)
	return unsent, undecided, classify(err)
}

// hasUnsent reports whether a file has edits that have not been sent.
func hasUnsent(ctx context.Context, db queryer) (unsent bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM outbox WHERE state IN ('open', 'sealed'))`).Scan(&unsent)
	return unsent, classify(err)
}
