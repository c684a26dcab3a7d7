package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/audit"
)

func TestAppend(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *book) {
		t.Run("numbers lines in their order and keeps what they say", func(t *testing.T) {
			t.Parallel()
			account, before := uuid.Nil, instant.Now()
			all := lines(1234) // more than a statement inserts
			account = b.account(t, 0)
			b.write(t, func(ctx context.Context, tx *ent.Tx) error {
				return audit.Append(ctx, tx, b.Dialect(), account, all...)
			})
			rows := b.stored(t, account)
			if len(rows) != len(all) {
				t.Fatalf("%d lines", len(rows))
			}
			for i, row := range rows {
				detail, err := audit.Details(row)
				if err != nil {
					t.Fatal(err)
				}
				got := audit.Line{Verb: audit.Verb(row.Verb), Actor: value(row.ActorID), Item: value(row.ItemID), Person: value(row.PersonID)}
				want := all[i]
				if fmt.Sprint(detail) != fmt.Sprint(want.Detail) {
					t.Fatalf("line %d says %q", row.Number, detail)
				}
				if want.Detail = nil; fmt.Sprint(got) != fmt.Sprint(want) || row.Number != int64(i+1) || row.CreatedAt < before {
					t.Fatalf("line %d is %v instead of %v", row.Number, row, want)
				}
			}
			if r := b.check(t, account); !r.Intact() || r.Lines != 1234 || !bytes.Equal(r.Hash, rows[1233].Hash) {
				t.Errorf("%+v", r)
			}
		})
		t.Run("leaves nothing of a transaction that is rolled back", func(t *testing.T) {
			t.Parallel()
			account, broken := b.account(t, 5), errors.New("broken")
			before := b.check(t, account)
			err := b.Write(b.ctx, func(ctx context.Context, tx *ent.Tx) error {
				if err := audit.Append(ctx, tx, b.Dialect(), account, lines(3)...); err != nil {
					return err
				}
				return broken
			})
			if !errors.Is(err, broken) {
				t.Fatal(err)
			}
			if after := b.check(t, account); fmt.Sprint(after) != fmt.Sprint(before) || len(b.stored(t, account)) != 5 {
				t.Errorf("%+v instead of %+v", after, before)
			}
			b.add(t, account, lines(1)...)
			if r := b.check(t, account); !r.Intact() || r.Lines != 6 {
				t.Errorf("after the next line: %+v", r)
			}
		})
		t.Run("keeps one chain whatever runs at once", func(t *testing.T) {
			t.Parallel()
			one, other := b.account(t, 0), b.account(t, 0)
			const writers, each = 12, 15
			var wg sync.WaitGroup
			errs := make(chan error, writers*each+1)
			done := make(chan struct{})
			for w := range writers {
				wg.Go(func() {
					for i := range each {
						account, all := one, lines(1+i%3)
						if w%4 == 0 {
							account = other
						}
						err := b.Write(b.ctx, func(ctx context.Context, tx *ent.Tx) error {
							if err := audit.Append(ctx, tx, b.Dialect(), account, all...); err != nil || i%5 != 4 {
								return err
							}
							return errGiveUp // every fifth
						})
						if err != nil && !errors.Is(err, errGiveUp) {
							errs <- err
						}
					}
				})
			}
			go func() { wg.Wait(); close(done) }()
			for running := true; running; { // a check meanwhile finds nothing wrong
				select {
				case <-done:
					running = false
				default:
				}
				if r := b.check(t, one); !r.Intact() {
					t.Errorf("meanwhile: %+v", r)
					running = false
				}
			}
			<-done
			close(errs)
			for err := range errs {
				t.Error(err)
			}
			// Of fifteen tries those with i%5 == 4 gave up: the others wrote 1, 2 or 3 lines.
			perWriter := 0
			for i := range each {
				if i%5 != 4 {
					perWriter += 1 + i%3
				}
			}
			for account, n := range map[uuid.UUID]int{one: 9 * perWriter, other: 3 * perWriter} {
				if r := b.check(t, account); !r.Intact() || r.Lines != int64(n) {
					t.Errorf("%+v instead of %d lines", r, n)
				}
			}
		})
		t.Run("never goes back in time", func(t *testing.T) {
			t.Parallel()
			account := b.account(t, 3)
			ahead := instant.Now().Add(time.Hour) // the clock of another node
			b.sql(t, `UPDATE audit_events SET created_at = ? WHERE account_id = ? AND number = 3`, int64(ahead), account)
			b.add(t, account, lines(1)...)
			if last := b.stored(t, account)[3]; last.CreatedAt != ahead {
				t.Errorf("the line after %d is of %d", ahead, last.CreatedAt)
			}
		})
		t.Run("does nothing without lines, and fails without an account", func(t *testing.T) {
			t.Parallel()
			b.write(t, func(ctx context.Context, tx *ent.Tx) error { return audit.Append(ctx, tx, b.Dialect(), uuid.New()) })
			err := b.Write(b.ctx, func(ctx context.Context, tx *ent.Tx) error {
				return audit.Append(ctx, tx, b.Dialect(), uuid.New(), lines(1)...)
			})
			if err == nil {
				t.Error("a line was added to no account")
			}
		})
	})
}

var errGiveUp = errors.New("give up")

func value(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// TestRecord holds the format that DESIGN.md documents.
func TestRecord(t *testing.T) {
	actor := uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8057")
	row := &ent.AuditEvent{
		AccountID: uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8001"), Number: 7, CreatedAt: 1700000000000001,
		Verb: string(audit.LoggedIn), ActorID: &actor, Detail: `{"device":"A <laptop>"}`,
	}
	const want = `{"account":"01890a5d-ac96-774b-bcce-b302099a8001","number":7,"at":1700000000000001,"verb":"logged_in",` +
		`"actor":"01890a5d-ac96-774b-bcce-b302099a8057","item":null,"person":null,"detail":{"device":"A <laptop>"}}`
	if got := audit.Record(row); got != want || !json.Valid([]byte(got)) {
		t.Errorf("%s instead of %s", got, want)
	}
	each(t, func(t *testing.T, b *book) {
		var before []byte
		for _, row := range b.stored(t, b.account(t, 20)) {
			sum := sha256.Sum256(append(bytes.Clone(before), audit.Record(row)...))
			if !bytes.Equal(sum[:], row.Hash) {
				t.Errorf("the hash of %s is %s", audit.Record(row), hex.EncodeToString(row.Hash))
			}
			before = row.Hash
		}
	})
}
