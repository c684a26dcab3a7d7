package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Count is what a bucket's rows add up to here, row by row.
type Count struct {
	// State is the one that the rows have reached; empty while more is to follow.
	State string
	Parts protocol.Parts
	// RepairedAt is when rows of it were last replaced because they were not the server's; zero for never.
	RepairedAt time.Time
}

// Count adds up the rows of a bucket that its file holds, whatever was noted of them. ErrGone where the item has left,
// ErrStale where the file was lost right now.
func (m *Mirror) Count(ctx context.Context, b Bucket) (*Count, error) {
	f, err := m.file(ctx, b)
	if err != nil {
		return nil, err
	}
	c := &Count{}
	err = transact(ctx, f.db, func(tx *sql.Tx) error {
		*c = Count{}
		var at int64
		if err := tx.QueryRowContext(ctx, `SELECT state, repaired_at FROM bucket`).Scan(&c.State, &at); err != nil {
			return err
		}
		if at > 0 {
			c.RepairedAt = time.UnixMicro(at)
		}
		return f.all(ctx, tx, func(id []byte, d protocol.RowDigest) { c.Parts[protocol.PartOf(id)].Add(d) })
	})
	if err != nil {
		return nil, m.loseDamaged(ctx, b, err)
	}
	return c, nil
}

// ApplyParts makes the rows of some parts of a bucket exactly those of a page of parts. Afterwards the bucket is behind:
// the next page of its rows, from the cursor that it has, shows whether it is like the server's now. ErrStale where the
// bucket is being walked, ErrGone where the item has left. last says that all parts are repaired by it, which is noted.
func (m *Mirror) ApplyParts(ctx context.Context, b Bucket, page *protocol.RowPage, last bool) (RowsApplied, error) {
	if page.Kind != b.Kind || len(page.Parts) == 0 {
		return RowsApplied{}, fmt.Errorf("the server sent something else than parts of %s", b.Kind)
	}
	f, err := m.file(ctx, b)
	if err != nil {
		return RowsApplied{}, err
	}
	if err := m.reached(ctx, b, "", nil); err != nil {
		return RowsApplied{}, err
	}
	var repaired *int64
	if last {
		now := micros(m.now())
		repaired = &now
	}
	m.unindexed[b.ID] = b
	done, err := f.applyParts(ctx, page, repaired)
	if err != nil {
		m.owe(b, f.path, m.now(), false)
		return RowsApplied{}, m.loseDamaged(ctx, b, fmt.Errorf("write parts of a list: %w", err))
	}
	if done.Removed > 0 {
		m.owe(b, f.path, m.now(), true)
		if f.kind == protocol.Leads {
			return done, m.loseDamaged(ctx, b, m.forgetRows(ctx, f, b))
		}
	}
	return done, nil
}

func (f *rowsFile) applyParts(ctx context.Context, page *protocol.RowPage, repaired *int64) (done RowsApplied, err error) {
	if err := f.prepare(ctx, page.Columns); err != nil {
		return done, classify(err)
	}
	err = transact(ctx, f.db, func(tx *sql.Tx) error {
		at, err := f.position(ctx, tx)
		if err != nil {
			return err
		}
		if at.Walking {
			return ErrStale
		}
		come, err := idsOf(ctx, tx, page)
		if err != nil {
			return err
		}
		here, err := column(ctx, tx, `SELECT id FROM `+f.table)
		if err != nil {
			return err
		}
		extra := slices.DeleteFunc(here, func(id string) bool {
			return come[id] || !slices.Contains(page.Parts, protocol.PartOf([]byte(id)))
		})
		done = RowsApplied{Total: page.Rows}
		if done.Changed, err = affected(tx.StmtContext(ctx, f.upsert).ExecContext(ctx, page.Upserts, at.Walk)); err != nil {
			return err
		}
		if done.Changed != page.Count || int64(len(come)) != page.Count {
			return fmt.Errorf("a page of %d rows brought %d", page.Count, done.Changed)
		}
		done.Removed, err = affected(tx.ExecContext(ctx,
			fmt.Sprintf(`DELETE FROM %s WHERE id IN (SELECT value FROM json_each(?))`, f.table), asJSON(extra)))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE bucket SET state = '', digest = '', repaired_at = coalesce(?, repaired_at), removed = removed + ?`,
			repaired, done.Removed)
		return err
	})
	return done, err
}

// Recount makes the next page of a bucket's rows add them all up. The bucket is behind until then.
func (m *Mirror) Recount(ctx context.Context, b Bucket) error {
	f, err := m.file(ctx, b)
	if err != nil {
		return err
	}
	if err := m.reached(ctx, b, "", nil); err != nil {
		return err
	}
	if _, err := f.db.ExecContext(ctx, `UPDATE bucket SET state = '', digest = ''`); err != nil {
		return m.loseDamaged(ctx, b, fmt.Errorf("note that a list is to be added up: %w", classify(err)))
	}
	return nil
}

// Accept takes a bucket whose last page did not add up to what its header said as being in a state all the same.
func (m *Mirror) Accept(ctx context.Context, b Bucket, state string) error {
	f, err := m.file(ctx, b)
	if err != nil {
		return err
	}
	if _, err := f.db.ExecContext(ctx, `UPDATE bucket SET state = ?`, state); err != nil {
		return m.loseDamaged(ctx, b, fmt.Errorf("note what a list has reached: %w", classify(err)))
	}
	return m.reached(ctx, b, state, nil)
}
