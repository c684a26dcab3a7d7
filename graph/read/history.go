package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// History says which lines of the account's history a list holds. What is nil, and no verbs at all,
// does not matter.
type History struct {
	// Verbs are the things done.
	Verbs []audit.Verb
	// Actor did it; it was done to Person, and to Item.
	Actor, Person, Item *uuid.UUID
	// Since is the first moment, Until the one after the last.
	Since, Until *instant.Instant
}

// historyOrder is the order of the numbers, which is that of the moments.
func historyOrder() ordering { return ordering{"history", []string{auditevent.FieldNumber}, true} }

// History reads a page of the account's history, newest first, as an owner.
func (r *Reader) History(ctx context.Context, which History, w Window) (*Page[*HistoryLine], error) {
	v, err := historian(ctx)
	if err != nil {
		return nil, err
	}
	l := lines{Reader: r, viewer: v, which: which}
	if err := l.bound(ctx); err != nil {
		return nil, err
	}
	verbs := slices.Compact(slices.Sorted(slices.Values(which.Verbs)))
	return page(ctx, r.sealer, listing[*ent.AuditEvent, *HistoryLine]{
		ordering: historyOrder(),
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.AuditEvent, error) {
			if len(verbs) < 2 || w.Skip != nil && *w.Skip > 0 { // what each verb's first ones are says nothing of those of all
				return l.query(verbs).Where(apply).All(ctx)
			}
			// The index has the lines of one verb in their order, so each verb is asked for on its own.
			var all []*ent.AuditEvent
			for _, verb := range verbs {
				rows, err := l.query([]audit.Verb{verb}).Where(apply).All(ctx)
				if err != nil {
					return nil, err
				}
				all = append(all, rows...)
			}
			slices.SortFunc(all, func(a, b *ent.AuditEvent) int {
				if w.Last != nil {
					a, b = b, a
				}
				return cmp.Compare(b.Number, a.Number)
			})
			return all, nil
		},
		key: func(e *ent.AuditEvent) []any { return []any{e.Number} },
		present: func(rows []*ent.AuditEvent) []*HistoryLine {
			p := r.historyPage(v, rows)
			return as(func(e *ent.AuditEvent) *HistoryLine { return &HistoryLine{e, p} })(rows)
		},
		count: func(ctx context.Context) (int, error) { return l.count(ctx, verbs) },
	}, w)
}

// historian returns the viewer, who must be an owner.
func historian(ctx context.Context) (*sharing.Viewer, error) {
	v, err := sharing.From(ctx)
	if err == nil && !v.Owner() {
		err = fault.New(fault.Denied, "Only owners read the history.")
	}
	return v, err
}

// lines are those that a filter wants.
type lines struct {
	*Reader
	viewer *sharing.Viewer
	which  History
	// from and to are the numbers of the first line in time and of the one after the last.
	from, to int64
}

// bound finds the lines in time.
func (l *lines) bound(ctx context.Context) error {
	account, err := l.store.Client().Account.Get(ctx, l.viewer.Account)
	if err != nil {
		return err
	}
	l.from, l.to = 1, account.HistoryCount+1
	if l.which.Until != nil {
		if l.to, err = l.numberAt(ctx, *l.which.Until); err != nil {
			return err
		}
	}
	if l.which.Since != nil {
		l.from, err = l.numberAt(ctx, *l.which.Since)
	}
	return err
}

// query returns the lines with one of the verbs, or with any. One condition leads along its index; for each
// other one the line's number is looked up in an index, too, so that only lines which are wanted are read.
func (l *lines) query(verbs []audit.Verb) *ent.AuditEventQuery {
	q := l.store.Client().AuditEvent.Query()
	if l.which.Since != nil {
		q.Where(auditevent.NumberGTE(l.from))
	}
	if l.which.Until != nil {
		q.Where(auditevent.NumberLT(l.to))
	}
	leads := true
	where := func(column string, values ...any) {
		first := leads
		leads = false
		q.Where(func(s *sql.Selector) {
			if first {
				s.Where(sql.In(s.C(column), values...))
				return
			}
			b := sql.Dialect(s.Dialect())
			t := b.Table(auditevent.Table).As("as_well")
			s.Where(sql.Exists(b.Select(t.C(auditevent.FieldNumber)).From(t).Where(sql.And(
				sql.EQ(t.C(auditevent.FieldAccountID), l.viewer.Account),
				sql.In(t.C(column), values...),
				sql.ColumnsEQ(t.C(auditevent.FieldNumber), s.C(auditevent.FieldNumber)),
			))))
		})
	}
	for _, c := range []struct {
		column string
		id     *uuid.UUID
	}{
		{auditevent.FieldItemID, l.which.Item}, {auditevent.FieldPersonID, l.which.Person}, {auditevent.FieldActorID, l.which.Actor},
	} {
		if c.id != nil {
			where(c.column, *c.id)
		}
	}
	values := make([]any, len(verbs))
	for i, verb := range verbs {
		values[i] = string(verb)
	}
	if len(values) > 0 {
		where(auditevent.FieldVerb, values...)
	}
	return q
}

// count counts the lines with one of the verbs, or with any.
func (l *lines) count(ctx context.Context, verbs []audit.Verb) (int, error) {
	if l.which.Actor == nil && l.which.Person == nil && l.which.Item == nil && len(verbs) == 0 {
		return int(max(0, l.to-l.from)), nil // numbers have no gaps
	}
	return l.query(verbs).Count(ctx)
}

// numberAt returns the number of the first line that is not earlier than a moment, or the one after the
// last line. Moments never run backwards, so it looks at some twenty lines of a million.
func (l *lines) numberAt(ctx context.Context, at instant.Instant) (int64, error) {
	low, high := l.from, l.to
	for low < high {
		middle := low + (high-low)/2
		line, err := l.store.Client().AuditEvent.Query().Where(auditevent.NumberGTE(middle)).
			Order(auditevent.ByNumber()).Select(auditevent.FieldNumber, auditevent.FieldCreatedAt).First(ctx)
		switch {
		case ent.IsNotFound(err):
			high = middle
		case err != nil:
			return 0, fmt.Errorf("looking for a moment in the history: %w", err)
		case line.CreatedAt < at:
			low = line.Number + 1
		default:
			high = middle
		}
	}
	return low, nil
}

// HistoryCheck is whether a history is as it was written.
type HistoryCheck struct{ audit.Result }

// Fault says in the reader's language what is wrong; empty where nothing is.
func (c *HistoryCheck) Fault(ctx context.Context) string {
	if c.Result.Fault == nil {
		return ""
	}
	return c.Result.Fault.In(caller.Locale(ctx))
}

// Hash returns the hash of the last line that fits, in hexadecimal.
func (c *HistoryCheck) Hash() string { return fmt.Sprintf("%x", c.Result.Hash) }

// CheckHistory reads the account's whole history, as an owner, and says whether it is as it was written and
// goes through the noted line, if there is one. While it is being checked for the account already, that is
// Exhausted: it reads a lot.
func (r *Reader) CheckHistory(ctx context.Context, noted *audit.Noted) (*HistoryCheck, error) {
	v, err := historian(ctx)
	if err != nil {
		return nil, err
	}
	var all []audit.Noted
	if noted != nil {
		all = append(all, *noted)
	}
	result, err := r.checks.Check(ctx, v.Account, all...)
	if errors.Is(err, audit.ErrBusy) {
		busy := fault.New(fault.Exhausted, "The history is being checked already. Try again in a moment.")
		busy.RetryAfter = 5 * time.Second
		return nil, busy
	}
	return &HistoryCheck{result}, err
}
