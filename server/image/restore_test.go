package image_test

import (
	"context"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
)

// TestRestore restores a backup under a server that goes on and has an image of what came after it.
func TestRestore(t *testing.T) {
	for name, again := range map[string]bool{"and nothing comes after it": false, "and the same numbers stand for other rows": true} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				list := w.list(20)
				w.unwatched()
				w.statements(`CREATE TABLE b_accounts AS SELECT * FROM accounts`, `CREATE TABLE b_items AS SELECT * FROM items`,
					`CREATE TABLE b_contacts AS SELECT * FROM contacts`, `CREATE TABLE b_feed_commits AS SELECT * FROM feed_commits`)
				w.add(list, 20, 22)
				lost := w.open(w.anna, list)
				w.statements(`DELETE FROM contacts`, `INSERT INTO contacts SELECT * FROM b_contacts`,
					`DELETE FROM feed_commits`, `INSERT INTO feed_commits SELECT * FROM b_feed_commits`,
					`UPDATE accounts SET seq = (SELECT b.seq FROM b_accounts b WHERE b.id = accounts.id)`,
					`UPDATE items SET `+restored("seq", "rows_seq", "rows_head", "rows_floor", "rows_count", "rows_digest_a", "rows_digest_b"),
					`DROP TABLE b_accounts`, `DROP TABLE b_items`, `DROP TABLE b_contacts`, `DROP TABLE b_feed_commits`)
				if again {
					w.add(list, 50, 52)
				}
				now := w.open(w.anna, list)
				if now.Tag == lost.Tag {
					t.Error("there comes what was lost")
				}
				if got := ask(t, w.unpack(now), `SELECT count(*) FROM server_contacts WHERE email IN ('c000020@example.com', 'c000021@example.com')`); got != "0" {
					t.Errorf("it has %s rows that were lost", got)
				}
				w.leadsTo(now, list)
				if _, err := w.rest(w.anna, list, lost.Next); !fault.Is(err, fault.CursorExpired) {
					t.Errorf("who has the lost one goes on: %v", err)
				}
			})
		})
	}
}

// TestCursor hands the cursor of an image to somebody else.
func TestCursor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		chloe, _ := w.joins("chloe")
		list, other := w.list(20), w.list(20)
		annas, chloes := w.open(w.anna, list), w.open(chloe, list)
		if annas.Tag != chloes.Tag {
			t.Fatal("each has a file of their own")
		}
		if _, err := w.rest(w.anna, list, annas.Next); err != nil {
			t.Error(err)
		}
		for name, refused := range map[string]func() (*changes.Lines, error){
			"somebody else":   func() (*changes.Lines, error) { return w.rest(w.anna, list, chloes.Next) },
			"of another list": func() (*changes.Lines, error) { return w.rest(w.anna, other, annas.Next) },
		} {
			if _, err := refused(); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s goes on with it: %v", name, err)
			}
		}
	})
}

// statements are run as whoever restores a backup runs them: past everything.
func (w *world) statements(all ...string) {
	w.tb.Helper()
	ctx := viewer.System(context.Background(), "a test restores a backup")
	must(w.tb, w.Store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, s := range all {
			if _, err := tx.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}))
}

// unwatched takes the feed's guard off: what restores a backup records nothing.
func (w *world) unwatched() {
	w.tb.Helper()
	if w.Store.Dialect() != dialect.SQLite {
		return
	}
	var triggers []string
	must(w.tb, w.Store.Snapshot(w.anna, func(ctx context.Context, tx *ent.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var drop string
			if err := rows.Scan(&drop); err != nil {
				return err
			}
			triggers = append(triggers, drop)
		}
		return rows.Err()
	}))
	w.statements(triggers...)
}

// restored sets columns of items as they are in the backup.
func restored(columns ...string) string {
	for i, c := range columns {
		columns[i] = c + ` = (SELECT b.` + c + ` FROM b_items b WHERE b.id = items.id)`
	}
	return strings.Join(columns, ", ")
}

// rest reads what a cursor brings.
func (w *world) rest(ctx context.Context, list uuid.UUID, after string) (lines *changes.Lines, err error) {
	err = w.Store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		span, err := w.changes.Rows(ctx, tx, w.Store.Dialect(), list, after, changes.MaxRows)
		if err == nil {
			lines, err = span.Lines(ctx, tx, w.Store.Dialect())
		}
		return err
	})
	return lines, err
}
