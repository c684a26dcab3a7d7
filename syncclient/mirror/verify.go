package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// VerifiedAt returns when the workspace was last compared with the server as a whole; zero for never.
func (m *Mirror) VerifiedAt(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	if err := m.main.QueryRowContext(ctx, `SELECT verified_at FROM mirror`).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("read the state of the local copy: %w", classify(err))
	}
	if !at.Valid {
		return time.Time{}, nil
	}
	return time.UnixMicro(at.Int64), nil
}

// Verified notes that the workspace was compared with the server.
func (m *Mirror) Verified(ctx context.Context) error {
	return m.note(ctx, `UPDATE mirror SET verified_at = ?1`)
}

// Buckets returns all buckets whose item is here and which are kept, by kind and name.
func (m *Mirror) Buckets(ctx context.Context) ([]Bucket, error) {
	return m.buckets(ctx, `WHERE coalesce(l.id, k.id, c.id) IS NOT NULL AND b.id NOT IN `+notKept+` ORDER BY b.kind, 3 COLLATE NOCASE, b.id`)
}

// Has reports whether the server has told of a bucket's rows and not taken them back, and they are kept.
func (m *Mirror) Has(ctx context.Context, b Bucket) (bool, error) {
	found, err := m.buckets(ctx, `WHERE coalesce(l.id, k.id, c.id) = ? AND b.id NOT IN `+notKept, b.ID)
	return len(found) > 0, err
}
