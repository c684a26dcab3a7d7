package identity

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
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// limit says how many tries something has. The tries of a window are free up to a number; that try and
// each one after it are followed by a pause that begins at a minute and doubles up to a quarter of an
// hour. Whoever guesses at one name so gets about 16 tries an hour, and whoever wants to shut a person
// out can do so for a quarter of an hour at a time. What succeeds is not counted.
type limit struct {
	// kind keeps apart the counts of one value.
	kind   string
	free   int
	window time.Duration
}

const (
	shortestPause = time.Minute
	longestPause  = 15 * time.Minute
)

// The limits. A client is an IPv4 address or an IPv6 network of 64 bits; many people may share one.
func loginsOfName() limit    { return limit{"login name", 10, time.Hour} }
func loginsOfClient() limit  { return limit{"login client", 100, 15 * time.Minute} }
func signUpsOfClient() limit { return limit{"sign-up client", 100, time.Hour} }
func changesOfUser() limit   { return limit{"password of user", 10, time.Hour} }
func resetsOfName() limit    { return limit{"reset name", 5, time.Hour} }
func resetsOfClient() limit  { return limit{"reset client", 30, time.Hour} }

// counted is one count: a limit and what it is about. The database holds only its hash.
type counted struct {
	limit
	value string
}

func (l limit) of(value string) counted { return counted{l, value} }

func (c counted) key() []byte {
	sum := sha256.Sum256([]byte(c.kind + "\x00" + c.value))
	return sum[:]
}

// throttle counts tries in the database, where all nodes see them.
type throttle struct {
	dialect string
	now     func() instant.Instant
}

// take counts a try against each of the counts, before it is made: tries that run at once cannot all slip
// through. Where one of them is in a pause, nothing is counted and the answer is an Exhausted fault.
// Counts without a value are left out. Callers order them by kind, clients first.
func (t *throttle) take(ctx context.Context, tx *ent.Tx, counts ...counted) error {
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

func (t *throttle) takeOne(ctx context.Context, tx *ent.Tx, c counted) error {
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
		RETURNING failures`, []any{id, int64(now), key, int64(now.Add(c.window))}, &failures)
	if errors.Is(err, sql.ErrNoRows) {
		return t.pausing(ctx, tx, key)
	}
	if err != nil {
		return fmt.Errorf("counting a try: %w", err)
	}
	if failures < c.free {
		return nil
	}
	_, err = tx.ExecContext(ctx, store.Rebind(t.dialect, `UPDATE login_throttles SET blocked_until = ? WHERE key_hash = ?`),
		int64(now.Add(pause(failures-c.free))), key)
	if err != nil {
		return fmt.Errorf("pausing tries: %w", err)
	}
	return nil
}

// pausing is the answer to a try within a pause.
func (t *throttle) pausing(ctx context.Context, tx *ent.Tx, key []byte) error {
	var until int64
	err := t.row(ctx, tx, `SELECT blocked_until FROM login_throttles WHERE key_hash = ?`, []any{key}, &until)
	if err != nil {
		return fmt.Errorf("reading a pause: %w", err)
	}
	rest := max(instant.Instant(until).Sub(t.now()), time.Second)
	minutes := int(math.Ceil(rest.Minutes()))
	f := fault.New(fault.Exhausted, "Too many tries. Come back in %d minutes.", minutes)
	if minutes == 1 {
		f.Message = "Too many tries. Come back in a minute."
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

// forget drops a count: whoever knows the password has proved it.
func (t *throttle) forget(ctx context.Context, tx *ent.Tx, c counted) error {
	_, err := tx.ExecContext(ctx, store.Rebind(t.dialect, `DELETE FROM login_throttles WHERE key_hash = ?`), c.key())
	if err != nil {
		return fmt.Errorf("forgetting tries: %w", err)
	}
	return nil
}

// giveBack takes one try back that turned out to be good, and ends the pause that it began.
func (t *throttle) giveBack(ctx context.Context, tx *ent.Tx, c counted) error {
	if c.value == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, store.Rebind(t.dialect, `UPDATE login_throttles SET failures = failures - 1,
		blocked_until = CASE WHEN failures <= ? THEN 0 ELSE blocked_until END
		WHERE key_hash = ? AND failures > 0`), c.free, c.key())
	if err != nil {
		return fmt.Errorf("giving a try back: %w", err)
	}
	return nil
}

func (t *throttle) row(ctx context.Context, tx *ent.Tx, query string, args []any, dest ...any) error {
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

// clientOf names the request's client for a count; empty where it is not known, and then tries are
// counted by name only.
func clientOf(ctx context.Context) string {
	addr := caller.From(ctx).Address.Unmap().WithZone("")
	switch {
	case !addr.IsValid():
		return ""
	case addr.Is4():
		return addr.String()
	}
	network, err := addr.Prefix(64)
	if err != nil {
		return ""
	}
	return network.String()
}
