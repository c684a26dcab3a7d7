package audit

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// Result is what Check has found.
type Result struct {
	// Lines is how many lines fit, from the first.
	Lines int64
	// Hash is that of the last of them; empty where there is none.
	Hash []byte
	// Fault says what is wrong after them; nil where nothing is.
	Fault *fault.Fault
}

// Intact reports whether the history is as it was written.
func (r Result) Intact() bool { return r.Fault == nil }

// Noted is a line that somebody has noted elsewhere, where the database's own keepers cannot reach it.
type Noted struct {
	Number int64
	Hash   []byte
}

// Check reads an account's history from its first line to its last and says how much of it fits: nothing
// changed, missing, added or in another order, and the noted lines among them. It holds neither the history
// in memory nor a connection for longer than some thousand lines take, and may run while lines are added.
// An account that does not exist is NotFound.
func Check(ctx context.Context, s *store.Store, account uuid.UUID, noted ...Noted) (Result, error) {
	c := check{account: account, noted: noted}
	for more := true; more && c.fault == nil; {
		err := s.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			more, err = c.stretch(ctx, tx, s.Dialect())
			return err
		})
		if err != nil {
			return Result{}, fmt.Errorf("checking the history of account %s: %w", account, err)
		}
	}
	return Result{c.last.number, c.last.hash, c.fault}, nil
}

// check is a check under way.
type check struct {
	account uuid.UUID
	noted   []Noted
	last    place // of the lines that fit
	fault   *fault.Fault
}

// stretch is how many lines are read in one snapshot.
const stretch = 5000

// stretch checks the next lines, and the end where it is reached; more is false then. What it compares is read
// in one snapshot.
func (c *check) stretch(ctx context.Context, tx *ent.Tx, dialect string) (more bool, err error) {
	end, err := c.end(ctx, tx, dialect)
	if err != nil {
		return false, err
	}
	from := c.last.number + 1
	if from == 1 {
		from = math.MinInt64 // a line of a number below 1 does not hide
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(dialect, `SELECT number, created_at, verb, actor_id, item_id, person_id, detail, hash
		FROM audit_events WHERE account_id = ? AND number >= ? ORDER BY number LIMIT ?`), c.account, from, stretch)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next() && c.fault == nil; n++ {
		c.line(rows.Scan, end)
	}
	if err := rows.Err(); err != nil {
		return false, err
	}
	if n == stretch {
		return true, rows.Close()
	}
	c.finish(end)
	return false, rows.Close()
}

// end returns where the account says that its history ends.
func (c *check) end(ctx context.Context, tx *ent.Tx, dialect string) (end place, err error) {
	rows, err := tx.QueryContext(ctx, store.Rebind(dialect,
		`SELECT history_count, history_hash FROM accounts WHERE id = ?`), c.account)
	if err != nil {
		return end, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return end, err
		}
		return end, fault.Missing("account")
	}
	if err := rows.Scan(&end.number, &end.hash); err != nil {
		c.wrong("The account's own note of its history cannot be read.")
	}
	return end, rows.Close()
}

// line checks the line that comes next.
func (c *check) line(scan func(...any) error, end place) {
	r := record{account: c.account.String()}
	var verb, actor, item, person, detail text
	var hash blob
	next := c.last.number + 1
	err := scan(&r.number, &r.at, &verb, &actor, &item, &person, &detail, &hash)
	r.verb, r.actor, r.item, r.person, r.detail = string(verb), string(actor), string(item), string(person), string(detail)
	switch {
	case err != nil:
		c.wrong("Line %d cannot be read.", next)
	case r.number < next:
		c.wrong("There is a line of the number %d.", r.number)
	case r.number > next && end.number >= next:
		c.wrong("Line %d is missing.", next)
	case r.number > end.number:
		c.wrong("Line %d stands beyond the end: the account has counted %d lines.", r.number, end.number)
	case !bytes.Equal(r.hash(c.last.hash), hash):
		c.wrong("Line %d is not as it was written.", next)
	case r.at < c.last.at:
		c.wrong("Line %d is earlier than the one before it.", next)
	default:
		c.last = place{r.number, hash, r.at}
		c.compare()
	}
}

// compare holds the last line against those that were noted.
func (c *check) compare() {
	for _, n := range c.noted {
		if n.Number == c.last.number && !bytes.Equal(n.Hash, c.last.hash) {
			c.wrong("Line %d is another than the one that was noted.", n.Number)
		}
	}
}

// finish checks that the history ends where it should.
func (c *check) finish(end place) {
	switch {
	case c.fault != nil:
	case c.last.number < end.number:
		c.wrong("Line %d is missing: the account has counted %d lines.", c.last.number+1, end.number)
	case !bytes.Equal(c.last.hash, end.hash):
		c.wrong("The last line is another than the one that the account has noted.")
	}
	for _, n := range c.noted {
		if n.Number < 1 || n.Number > c.last.number {
			c.wrong("Line %d, which was noted, is missing.", n.Number)
		}
	}
}

// wrong notes the first thing that is wrong.
func (c *check) wrong(format string, args ...any) {
	if c.fault == nil {
		c.fault = fault.New(fault.Conflict, format, args...)
	}
}

// text is a column of text or an id, as the database has it, empty for none. Bytes of the same look are not
// text: a search would not find them.
type text string

// Scan takes text over.
func (t *text) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*t = text(v)
	case nil:
		*t = ""
	default:
		return fmt.Errorf("audit: %T instead of text", v)
	}
	return nil
}

// blob is a column of bytes.
type blob []byte

// Scan takes bytes over.
func (b *blob) Scan(v any) error {
	bytes, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("audit: %T instead of bytes", v)
	}
	*b = append((*b)[:0:0], bytes...)
	return nil
}
