package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Applied is what a page of the workspace did.
type Applied struct {
	// Changed counts what came or was changed, Removed what went, the sweep at a walk's end included.
	Changed, Removed int
	// Walked: the page was the last of a walk.
	Walked bool
}

// Apply writes a page of the workspace that was asked for with the cursor after: what came, then what went, then, on
// the last page of a walk, what did not come, what files of rows have reached that came along (WriteRows), and the cursor
// last, all in one transaction. ErrStale where the mirror stands elsewhere. Files of lists that went are gone when it
// returns, or at the latest with the next Settle; the rest of what went is erased by Settle alone.
func (m *Mirror) Apply(ctx context.Context, page *protocol.ChangePage, after string, along ...Reached) (Applied, error) {
	at, err := m.Position(ctx)
	if err != nil {
		return Applied{}, err
	}
	if len(page.Removals) == 0 && (page.More || !at.Walking) { // a walk's end takes out what was not named
		return m.apply(ctx, page, after, nil, along)
	}
	var done Applied
	err = m.needed(ctx, func() error { // on a full disk, too, with room that nothing else may use up
		unsent, err := m.unsentRows(ctx) // it may take lists with edits away
		if err == nil {
			done, err = m.apply(ctx, page, after, unsent, along)
		}
		return err
	})
	return done, err
}

func (m *Mirror) apply(ctx context.Context, page *protocol.ChangePage, after string, unsent map[string]int, along []Reached) (Applied, error) {
	var done Applied
	var dropped []string
	var erased int
	m.unindexed[""] = Bucket{}
	err := transact(ctx, m.main, func(tx *sql.Tx) error {
		done, dropped = Applied{}, nil
		at, err := mainPosition(ctx, tx)
		if err != nil {
			return err
		}
		if at.Cursor != after {
			return ErrStale
		}
		w := &writer{ctx: ctx, tx: tx, walk: at.Walk, account: m.id.Account, now: micros(m.now()), unsent: unsent}
		if err := w.page(page); err != nil {
			return err
		}
		if at.Walking && !page.More {
			if err := w.sweep(); err != nil {
				return err
			}
		}
		for _, r := range along {
			if err := w.reached(r.Bucket, r.State, &r.Rows); err != nil {
				return err
			}
		}
		done = Applied{Changed: w.changed, Removed: w.removed, Walked: at.Walking && !page.More}
		dropped, erased = w.dropped, w.erased
		_, err = tx.ExecContext(ctx, `UPDATE mirror SET cursor = ?, walking = ?, contact_at = ?, removed = removed + ?`,
			page.Next, at.Walking && page.More, micros(m.now()), w.removed+w.erased)
		return err
	})
	if err != nil {
		m.owe(Bucket{}, m.mainPath(), m.now(), false) // parts of the page may stand in the journal
		return Applied{}, fmt.Errorf("write a page: %w", err)
	}
	for _, r := range along {
		delete(m.ahead, r.Bucket.ID)
	}
	if done.Removed+erased > 0 {
		m.owe(Bucket{}, m.mainPath(), m.now(), true)
	}
	if len(dropped) > 0 {
		m.letGo(dropped...)
		if err := m.removeDoomed(ctx); err != nil {
			return done, err
		}
	}
	if done.Walked {
		return done, m.dropLocalFiles(ctx)
	}
	return done, nil
}

// writer writes one page into main.db.
type writer struct {
	ctx              context.Context
	tx               *sql.Tx
	walk             int64
	account          string
	now              int64
	unsent           map[string]int // edits of rows that have not been sent, by bucket
	changed, removed int
	erased           int // of what people here had written
	// dropped are the buckets whose items went.
	dropped []string
}

func (w *writer) page(page *protocol.ChangePage) error {
	if page.Account != nil {
		if err := w.putAccount(page.Account); err != nil {
			return err
		}
	}
	for i := range page.Collaborators {
		if err := w.putPerson(&page.Collaborators[i]); err != nil {
			return err
		}
	}
	for i := range page.Items {
		if err := w.putItem(&page.Items[i]); err != nil {
			return err
		}
	}
	for i := range page.Buckets {
		if err := w.putBucket(&page.Buckets[i]); err != nil {
			return err
		}
	}
	for _, id := range page.Removals {
		kind, plain, err := id.Split()
		if err != nil {
			return err
		}
		if err := w.remove(kind, plain); err != nil {
			return err
		}
	}
	return nil
}

// exec runs a statement, which the connection keeps prepared, and returns how many rows it touched.
func (w *writer) exec(statement string, args ...any) (int, error) {
	n, err := affected(w.tx.ExecContext(w.ctx, statement, args...))
	return int(n), err
}

// put inserts or overwrites the row with an id. Columns that are not named keep their values.
func (w *writer) put(table string, columns []string, values ...any) error {
	var set strings.Builder
	for i, c := range columns[1:] {
		if i > 0 {
			set.WriteString(", ")
		}
		set.WriteString(c + " = excluded." + c)
	}
	n, err := w.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s) ON CONFLICT (id) DO UPDATE SET %s",
		table, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1), set.String()), values...)
	w.changed += n
	return err
}
