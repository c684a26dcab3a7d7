// Package throttle counts tries in the database, where all nodes see them, and says when there were too many.
//
// Two things are counted. Tries that may be wrong, such as a login ([Throttle.Take]): too many of them are
// followed by pauses, never by a lock, so that nobody can shut another person out for long. And things that are
// rationed, such as mails to strangers ([Throttle.Draw]): so many in a window and no more.
//
// The database holds only hashes of what is counted. What is worth counting, and how much of it, is said by
// those who ask.
package throttle

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// Limit says how many tries something has. The tries of a window are free up to a number; that try and
// each one after it are followed by a pause that begins at a minute and doubles up to a quarter of an
// hour. Whoever guesses at one name so gets about 16 tries an hour, and whoever wants to shut a person
// out can do so for a quarter of an hour at a time. What succeeds is not counted.
type Limit struct {
	// Kind keeps apart the counts of one value.
	Kind string
	// Free is how many tries of a window are free.
	Free int
	// Window is when the count begins anew, from its first try.
	Window time.Duration
}

const (
	shortestPause = time.Minute
	longestPause  = 15 * time.Minute
)

// Count is one count: a limit and what it is about.
type Count struct {
	limit Limit
	value string
}

// Of returns the count of a value under the limit.
func (l Limit) Of(value string) Count { return Count{l, value} }

func (c Count) key() []byte {
	sum := sha256.Sum256([]byte(c.limit.Kind + "\x00" + c.value))
	return sum[:]
}

// Throttle counts. It is safe for concurrent use.
type Throttle struct {
	dialect string
	now     func() instant.Instant
}

// New returns a throttle for databases of a dialect, with a clock.
func New(dialect string, now func() instant.Instant) *Throttle { return &Throttle{dialect, now} }

// Take counts a try against each of the counts, before it is made: tries that run at once cannot all slip
// through. Where one of them is in a pause, nothing is counted and the answer is an Exhausted fault.
// Counts without a value are left out. Callers order them by kind, clients first.
func (t *Throttle) Take(ctx context.Context, tx *ent.Tx, counts ...Count) error {
	for _, c := range counts {
		if c.value == "" {
			continue
		}
		if err := t.takeOne(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

func (t *Throttle) takeOne(ctx context.Context, tx *ent.Tx, c Count) error {
	now, key := t.now(), c.key()
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	var failures int
	err = t.row(ctx, tx, `INSERT INTO login_throttles (id, created_at, key_hash, failures, window_ends_at, blocked_until)
		VALUES (?1, ?2, ?3, 1, ?4, 0)
		ON CONFLICT (key_hash) DO UPDATE SET
			failures = CASE WHEN login_throttles.window_ends_at <= ?2 THEN 1 ELSE login_throttles.failures + 1 END,
			window_ends_at = CASE WHEN login_throttles.window_ends_at <= ?2 THEN ?4 ELSE login_throttles.window_ends_at END
		WHERE login_throttles.blocked_until <= ?2
		RETURNING failures`, []any{id, int64(now), key, int64(now.Add(c.limit.Window))}, &failures)
	if errors.Is(err, sql.ErrNoRows) {
		return t.pausing(ctx, tx, key)
	}
	if err != nil {
		return fmt.Errorf("counting a try: %w", err)
	}
	if failures < c.limit.Free {
		return nil
	}
	_, err = tx.ExecContext(ctx, store.Rebind(t.dialect, `UPDATE login_throttles SET blocked_until = ? WHERE key_hash = ?`),
		int64(now.Add(pause(failures-c.limit.Free))), key)
	if err != nil {
		return fmt.Errorf("pausing tries: %w", err)
	}
	return nil
}

// pausing is the answer to a try within a pause.
func (t *Throttle) pausing(ctx context.Context, tx *ent.Tx, key []byte) error {
	var until int64
	err := t.row(ctx, tx, `SELECT blocked_until FROM login_throttles WHERE key_hash = ?`, []any{key}, &until)
	if err != nil {
		return fmt.Errorf("reading a pause: %w", err)
	}
	rest := max(instant.Instant(until).Sub(t.now()), time.Second)
	minutes := int(math.Ceil(rest.Minutes()))
	f := fault.New(fault.Exhausted, "Too many tries. Come back in %d minutes.", minutes)
	if minutes == 1 {
		f = fault.New(fault.Exhausted, "Too many tries. Come back in a minute.")
	}
	f.RetryAfter = rest
	return f
}

// pause returns how long no further try is taken after the nth beyond the free ones, from 0.
func pause(n int) time.Duration {
	if n >= 4 {
		return longestPause
	}
	return shortestPause << n
}

// Forget drops a count: whoever knows the password has proved it.
func (t *Throttle) Forget(ctx context.Context, tx *ent.Tx, c Count) error {
	_, err := tx.ExecContext(ctx, store.Rebind(t.dialect, `DELETE FROM login_throttles WHERE key_hash = ?`), c.key())
	if err != nil {
		return fmt.Errorf("forgetting tries: %w", err)
	}
	return nil
}

// GiveBack takes one try back that turned out to be good, and ends the pause that it began.
func (t *Throttle) GiveBack(ctx context.Context, tx *ent.Tx, c Count) error {
	if c.value == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, store.Rebind(t.dialect, `UPDATE login_throttles SET failures = failures - 1,
		blocked_until = CASE WHEN failures <= ? THEN 0 ELSE blocked_until END
		WHERE key_hash = ? AND failures > 0`), c.limit.Free, c.key())
	if err != nil {
		return fmt.Errorf("giving a try back: %w", err)
	}
	return nil
}

func (t *Throttle) row(ctx context.Context, tx *ent.Tx, query string, args []any, dest ...any) error {
	rows, err := tx.QueryContext(ctx, store.Rebind(t.dialect, query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}
