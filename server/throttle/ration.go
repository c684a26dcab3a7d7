package throttle

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
)

// Draw takes n of a ration, all or none: at most Limit.Free in a window, without pauses. Where fewer are left
// the answer is an Exhausted fault that says when there are more; noun says in it what they are, such as
// "invitations". A transaction that is rolled back has taken nothing.
func (t *Throttle) Draw(ctx context.Context, tx *ent.Tx, c Count, n int, noun string) error {
	if n > c.limit.Free {
		return fault.New(fault.Exhausted, "That is %d %s; at most %d go out in %s.", n, fault.Word(noun), c.limit.Free, span(c.limit.Window))
	}
	now, key := t.now(), c.key()
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	var taken int
	err = t.row(ctx, tx, `INSERT INTO login_throttles (id, created_at, key_hash, failures, window_ends_at, blocked_until)
		VALUES (?1, ?2, ?3, ?5, ?4, 0)
		ON CONFLICT (key_hash) DO UPDATE SET
			failures = CASE WHEN login_throttles.window_ends_at <= ?2 THEN ?5 ELSE login_throttles.failures + ?5 END,
			window_ends_at = CASE WHEN login_throttles.window_ends_at <= ?2 THEN ?4 ELSE login_throttles.window_ends_at END
		WHERE login_throttles.window_ends_at <= ?2 OR login_throttles.failures + ?5 <= ?6
		RETURNING failures`, []any{id, int64(now), key, int64(now.Add(c.limit.Window)), n, c.limit.Free}, &taken)
	if errors.Is(err, sql.ErrNoRows) {
		return t.spent(ctx, tx, c, noun)
	}
	if err != nil {
		return fmt.Errorf("drawing a ration: %w", err)
	}
	return nil
}

// spent is the answer where a ration has not enough left.
func (t *Throttle) spent(ctx context.Context, tx *ent.Tx, c Count, noun string) error {
	var taken int
	var ends int64
	err := t.row(ctx, tx, `SELECT failures, window_ends_at FROM login_throttles WHERE key_hash = ?`, []any{c.key()}, &taken, &ends)
	if err != nil {
		return fmt.Errorf("reading a ration: %w", err)
	}
	f := fault.New(fault.Exhausted, "At most %d %s go out in %s, and %d are left. Come back later.",
		c.limit.Free, fault.Word(noun), span(c.limit.Window), max(c.limit.Free-taken, 0))
	f.RetryAfter = max(instant.Instant(ends).Sub(t.now()), time.Second)
	return f
}

func span(window time.Duration) fault.Spoken {
	switch window {
	case time.Hour:
		return fault.Word("an hour")
	case 24 * time.Hour:
		return fault.Word("a day")
	}
	return fault.New(fault.Exhausted, "%d hours", int(window.Hours()))
}
