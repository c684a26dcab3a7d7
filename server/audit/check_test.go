package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
)

// forged is a book whose first history somebody edits, beside an untouched one.
type forged struct {
	*book
	mine, other uuid.UUID
	rows        []*ent.AuditEvent
	accounts    []*ent.Account
}

const length = 30

func forge(t *testing.T, b *book) *forged {
	t.Helper()
	f := &forged{book: b, mine: b.account(t, length), other: b.account(t, length+3)}
	var err error
	if f.rows, err = b.Client().AuditEvent.Query().All(b.ctx); err != nil {
		t.Fatal(err)
	}
	if f.accounts, err = b.Client().Account.Query().All(b.ctx); err != nil {
		t.Fatal(err)
	}
	return f
}

// mend puts everything back as it was written.
func (f *forged) mend(tb testing.TB) {
	tb.Helper()
	f.write(tb, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := tx.AuditEvent.Delete().Exec(ctx); err != nil {
			return err
		}
		for _, a := range f.accounts {
			err := tx.Account.Update().Where(account.ID(a.ID)).SetHistoryCount(a.HistoryCount).SetHistoryHash(a.HistoryHash).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return tx.AuditEvent.MapCreateBulk(f.rows, func(c *ent.AuditEventCreate, i int) {
			r := f.rows[i]
			c.SetID(r.ID).SetCreatedAt(r.CreatedAt).SetAccountID(r.AccountID).SetNumber(r.Number).SetVerb(r.Verb).
				SetNillableActorID(r.ActorID).SetNillableItemID(r.ItemID).SetNillablePersonID(r.PersonID).
				SetDetail(r.Detail).SetHash(r.Hash)
		}).Exec(ctx)
	})
}

// expect fails where Check does not find that all but the first lines are wrong.
func (f *forged) expect(t rapid.TB, tb testing.TB, fits int, what string) {
	t.Helper()
	r := f.check(tb, f.mine)
	if r.Intact() || r.Lines != int64(fits) {
		t.Errorf("%s: %+v, instead of %d lines that fit", what, r, fits)
	}
	if r := f.check(tb, f.other); !r.Intact() || r.Lines != length+3 {
		t.Errorf("%s: the history beside it: %+v", what, r)
	}
}

// edits are new values of each column of a line that mean something. A row's own id means nothing.
func edits(dialectName string) map[string][]string {
	all := map[string][]string{
		auditevent.FieldAccountID: {"?3"},
		auditevent.FieldNumber:    {"1000", "0", "-7", "9223372036854775807", "-9223372036854775808"},
		auditevent.FieldCreatedAt: {"created_at + 1", "created_at - 1", "0"},
		auditevent.FieldVerb:      {"'left_'", "''", "upper(verb)"},
		auditevent.FieldActorID:   {"'0189b0a2-0000-7000-8000-000000000000'", "CASE WHEN actor_id IS NULL THEN account_id END"},
		auditevent.FieldItemID:    {"'0189b0a2-0000-7000-8000-000000000000'", "CASE WHEN item_id IS NULL THEN account_id END"},
		auditevent.FieldPersonID:  {"'0189b0a2-0000-7000-8000-000000000000'", "CASE WHEN person_id IS NULL THEN account_id END"},
		auditevent.FieldDetail:    {"'{\"a\":\"b\"}'", "detail || ' '", "''", "replace(detail, '{', '{ ')"},
		auditevent.FieldHash:      {"?4"},
	}
	if dialectName == dialect.SQLite { // whose columns take anything
		all[auditevent.FieldVerb] = append(all[auditevent.FieldVerb], "CAST(verb AS blob)")
		all[auditevent.FieldDetail] = append(all[auditevent.FieldDetail], "CAST(detail AS blob)")
		all[auditevent.FieldNumber] = append(all[auditevent.FieldNumber], "'many'", "number + 0.5", "x'00'")
		all[auditevent.FieldCreatedAt] = append(all[auditevent.FieldCreatedAt], "'then'", "created_at + 0.5")
		all[auditevent.FieldActorID] = append(all[auditevent.FieldActorID], "CASE WHEN actor_id IS NULL THEN '' ELSE upper(actor_id) END")
		all[auditevent.FieldHash] = append(all[auditevent.FieldHash], "CAST(hash AS text)", "x''")
	}
	return all
}

func TestCheck(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *book) {
		f := forge(t, b)
		t.Run("finds every column that is edited", func(t *testing.T) {
			columns := edits(b.Dialect())
			for _, column := range auditevent.Columns {
				if column != auditevent.FieldID && len(columns[column]) == 0 {
					t.Errorf("no edit of the column %s is tried", column)
				}
			}
			for column, values := range columns {
				for _, value := range values {
					for _, n := range []int{1, 2, 17, length} {
						query := fmt.Sprintf(`UPDATE audit_events SET %s = %s WHERE account_id = ?1 AND number = ?2`, column, value)
						args := []any{f.mine, n}
						switch {
						case value == "?3": // of an account that has no history, so that the number is free
							args = append(args, f.account(t, 0))
						case value == "?4":
							query = strings.Replace(query, "?4", "?3", 1)
							args = append(args, []byte("another"))
						}
						f.sql(t, query, args...)
						fits := n - 1
						if column == auditevent.FieldNumber && (value == "0" || value[0] == '-') {
							fits = 0 // it stands before all others
						}
						f.expect(t, t, fits, fmt.Sprintf("%s = %s of line %d", column, value, n))
						f.mend(t)
					}
				}
			}
		})
		t.Run("finds what is edited at random", func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				what, fits := f.damage(r, t)
				f.expect(r, t, fits, what)
				f.mend(t)
			})
		})
		t.Run("finds an end that the account counts or remembers otherwise", func(t *testing.T) {
			for query, fits := range map[string]int{
				`UPDATE accounts SET history_count = 29 WHERE id = ?`:       29,
				`UPDATE accounts SET history_count = 31 WHERE id = ?`:       30,
				`UPDATE accounts SET history_count = 0 WHERE id = ?`:        0,
				`UPDATE accounts SET history_count = -1 WHERE id = ?`:       0,
				`UPDATE accounts SET history_hash = NULL WHERE id = ?`:      30,
				`UPDATE accounts SET history_hash = 'another' WHERE id = ?`: 30,
				`DELETE FROM audit_events WHERE account_id = ?`:             0,
			} {
				f.sql(t, query, f.mine)
				f.expect(t, t, fits, query)
				f.mend(t)
			}
		})
		t.Run("finds a history that was forged as a whole by a line noted before", func(t *testing.T) {
			rows := f.stored(t, f.mine)
			noted := audit.Noted{Number: 20, Hash: rows[19].Hash}
			if r := f.check(t, f.mine, noted, audit.Noted{Number: length, Hash: rows[length-1].Hash}); !r.Intact() || r.Lines != length {
				t.Fatalf("%+v", r)
			}
			for _, n := range []int64{0, -1, length + 1} {
				if r := f.check(t, f.mine, audit.Noted{Number: n, Hash: noted.Hash}); r.Intact() {
					t.Errorf("line %d was noted: %+v", n, r)
				}
			}
			f.sql(t, `DELETE FROM audit_events WHERE account_id = ?`, f.mine)
			f.sql(t, `UPDATE accounts SET history_count = 0, history_hash = NULL WHERE id = ?`, f.mine)
			f.add(t, f.mine, lines(length+5)...)
			if r := f.check(t, f.mine); !r.Intact() {
				t.Fatalf("the forged history: %+v", r)
			}
			if r := f.check(t, f.mine, noted); r.Intact() || r.Lines != 20 {
				t.Errorf("with what was noted: %+v", r)
			}
			f.mend(t)
		})
		t.Run("finds a line that was forged to be earlier than the one before", func(t *testing.T) {
			rows := f.stored(t, f.mine)
			last := rows[length-1]
			last.CreatedAt = rows[length-2].CreatedAt - 1
			hash := sha256.Sum256(append(bytes.Clone(rows[length-2].Hash), audit.Record(last)...))
			f.sql(t, `UPDATE audit_events SET created_at = ?, hash = ? WHERE id = ?`, int64(last.CreatedAt), hash[:], last.ID)
			f.sql(t, `UPDATE accounts SET history_hash = ? WHERE id = ?`, hash[:], f.mine)
			f.expect(t, t, length-1, "an earlier line")
			f.mend(t)
		})
		t.Run("says what is wrong", func(t *testing.T) {
			for query, want := range map[string]string{
				`UPDATE audit_events SET verb = 'x' WHERE account_id = ? AND number = 5`:  "Line 5 is not as it was written.",
				`DELETE FROM audit_events WHERE account_id = ? AND number = 5`:            "Line 5 is missing.",
				`DELETE FROM audit_events WHERE account_id = ? AND number > 28`:           "Line 29 is missing: the account has counted 30 lines.",
				`UPDATE audit_events SET number = -1 WHERE account_id = ? AND number = 5`: "There is a line of the number -1.",
				`UPDATE accounts SET history_count = 29 WHERE id = ?`:                     "Line 30 stands beyond the end: the account has counted 29 lines.",
				`UPDATE accounts SET history_hash = NULL WHERE id = ?`:                    "The last line is another than the one that the account has noted.",
			} {
				f.sql(t, query, f.mine)
				if r := f.check(t, f.mine); r.Fault == nil || r.Fault.Message != want {
					t.Errorf("%s: %v instead of %q", query, r.Fault, want)
				}
				f.mend(t)
			}
		})
		t.Run("reads more than fits one snapshot", func(t *testing.T) {
			account := f.account(t, 0)
			f.write(t, func(ctx context.Context, tx *ent.Tx) error {
				return audit.Append(ctx, tx, f.Dialect(), account, lines(10_000)...)
			})
			if r := f.check(t, account); !r.Intact() || r.Lines != 10_000 {
				t.Errorf("%+v", r)
			}
			f.sql(t, `DELETE FROM audit_events WHERE account_id = ? AND number = 10000`, account)
			if r := f.check(t, account); r.Intact() || r.Lines != 9999 {
				t.Errorf("%+v", r)
			}
		})
		t.Run("knows no history of an account that is not there, and an empty one", func(t *testing.T) {
			if r, err := audit.Check(f.ctx, f.Store, uuid.New()); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v, %v", r, err)
			}
			if r := f.check(t, f.account(t, 0)); !r.Intact() || r.Lines != 0 || len(r.Hash) != 0 {
				t.Errorf("%+v", r)
			}
		})
	})
}

// damage does something to the history that nobody should, says what, and how many lines still fit.
func (f *forged) damage(r *rapid.T, tb testing.TB) (what string, fits int) {
	n := rapid.IntRange(1, length).Draw(r, "line")
	m := rapid.IntRange(1, length).Filter(func(m int) bool { return m != n }).Draw(r, "another")
	first := min(n, m)
	what = rapid.SampledFrom([]string{
		"delete", "delete several", "cut off", "cut off and count", "insert", "append", "append and count", "swap numbers",
		"swap contents", "shift", "precede", "steal",
	}).Draw(r, "damage")
	run := func(query string, args ...any) { f.sql(tb, query, append([]any{f.mine}, args...)...) }
	id := uuid.New()
	const copied = `INSERT INTO audit_events (id, created_at, account_id, number, verb, actor_id, item_id, person_id, detail, hash)
		SELECT ?4, created_at, ?1, ?3, verb, actor_id, item_id, person_id, detail, hash FROM audit_events WHERE account_id = ?1 AND number = ?2`
	switch what {
	case "delete":
		run(`DELETE FROM audit_events WHERE account_id = ? AND number = ?`, n)
		return what, n - 1
	case "delete several":
		run(`DELETE FROM audit_events WHERE account_id = ? AND number BETWEEN ? AND ?`, first, max(n, m))
		return what, first - 1
	case "cut off":
		run(`DELETE FROM audit_events WHERE account_id = ? AND number >= ?`, n)
		return what, n - 1
	case "cut off and count":
		run(`DELETE FROM audit_events WHERE account_id = ? AND number >= ?`, n)
		run(`UPDATE accounts SET history_count = ?2 WHERE id = ?1`, n-1)
		return what, n - 1
	case "insert":
		run(`DELETE FROM audit_events WHERE account_id = ? AND number = ?`, n)
		run(copied, m, n, id)
		return what, n - 1
	case "append":
		run(copied, n, length+1+m, id)
		return what, length
	case "append and count":
		run(copied, n, length+1, id)
		run(`UPDATE accounts SET history_count = history_count + 1 WHERE id = ?`)
		return what, length
	case "swap numbers":
		for _, change := range [][2]int{{n, -1}, {m, n}, {-1, m}} {
			run(`UPDATE audit_events SET number = ?3 WHERE account_id = ?1 AND number = ?2`, change[0], change[1])
		}
		return what, first - 1
	case "swap contents":
		for _, column := range []string{"verb", "created_at", "actor_id", "item_id", "person_id", "detail"} {
			run(`UPDATE audit_events SET `+column+` = (SELECT o.`+column+` FROM audit_events o WHERE o.account_id = ?1
				AND o.number = CASE audit_events.number WHEN ?2 THEN ?3 ELSE ?2 END) WHERE account_id = ?1 AND number IN (?2, ?3)`, n, m)
		}
		return what, first - 1
	case "shift": // all lines from one on, as if one had been before it
		run(`UPDATE audit_events SET number = number + 1000 WHERE account_id = ? AND number >= ?`, n)
		run(`UPDATE audit_events SET number = number - 999 WHERE account_id = ? AND number > 1000`)
		return what, n - 1
	case "precede":
		run(copied, n, rapid.SampledFrom([]int64{0, -1, math.MinInt64}).Draw(r, "number"), id)
		return what, 0
	default: // a line of another account takes the place of one
		run(`DELETE FROM audit_events WHERE account_id = ? AND number = ?`, n)
		f.sql(tb, strings.Replace(copied, "FROM audit_events WHERE account_id = ?1", "FROM audit_events WHERE account_id = ?5", 1), f.mine, n, n, id, f.other)
		return what, n - 1
	}
}
