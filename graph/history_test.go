package graph_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/store"
)

// chronicle is an account with a history, and a reader.
type chronicle struct {
	*librarytest.Account
	*read.Reader
}

func newChronicle(t *testing.T, s *store.Store) *chronicle {
	t.Helper()
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return &chronicle{librarytest.New(t, s), read.New(s, sealer, nil)}
}

// numbers reads all pages of a size in one direction and returns the numbers, newest first.
func (c *chronicle) numbers(t *testing.T, which read.History, size int, backward bool) (all []int64) {
	t.Helper()
	w := read.Window{First: &size}
	if backward {
		w = read.Window{Last: &size}
	}
	for {
		p, err := c.History(c.Owner, which, w)
		if err != nil {
			t.Fatal(err)
		}
		var some []int64
		for _, e := range p.Edges {
			some = append(some, e.Node.Number())
		}
		if backward {
			all = append(some, all...)
			w.Before = p.PageInfo.StartCursor()
			if !p.PageInfo.HasPreviousPage {
				return all
			}
			continue
		}
		all = append(all, some...)
		w.After = p.PageInfo.EndCursor()
		if !p.PageInfo.HasNextPage {
			return all
		}
	}
}

// TestHistory compares filtered lists with a model, and looks at what lines show of what is gone.
func TestHistory(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		c := newChronicle(t, s)
		people := []uuid.UUID{librarytest.Collaborator(t, c.Owner), librarytest.Collaborator(t, c.Member), uuid.New()}
		items := []uuid.UUID{uuid.New(), uuid.New()}
		for i := range 60 {
			c.Write(t, func(_ context.Context, tx *feed.Tx) error {
				for j := range 1 + i%7 {
					tx.Note(audit.Line{
						Verb: audit.Verbs()[(i*j)%5], Actor: people[(i+j)%3], Person: people[i*j%3], Item: items[(i+j/2)%2],
					})
				}
				return nil
			})
		}
		rows, err := s.Client().AuditEvent.Query().All(c.System)
		if err != nil {
			t.Fatal(err)
		}
		t.Run("lists what a filter wants, in both directions", func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				which := drawHistory(r, rows, people, items)
				var want []int64
				for _, row := range rows {
					if wanted(row, which) {
						want = append(want, row.Number)
					}
				}
				slices.SortFunc(want, func(a, b int64) int { return int(b - a) })
				size := rapid.IntRange(1, 100).Draw(r, "size")
				for _, backward := range []bool{false, true} {
					if got := c.numbers(t, which, size, backward); !slices.Equal(got, want) {
						r.Errorf("%+v, backward %v: %d instead of %d", which, backward, got, want)
					}
				}
				p, err := c.History(c.Owner, which, read.Window{First: &size})
				if err != nil {
					r.Fatal(err)
				}
				if n, err := p.TotalCount(c.Owner); err != nil || n != len(want) {
					r.Errorf("%+v counts %d instead of %d, %v", which, n, len(want), err)
				}
			})
		})
		t.Run("names people who have left, and no item that is deleted", func(t *testing.T) {
			gone := c.Person(t, collaborator.RoleMember)
			id, err := library.New(c.Feed).Create(c.Owner, item.KindTemplate, library.Patch{Name: new("Letter")})
			if err != nil {
				t.Fatal(err)
			}
			line := audit.Line{Verb: audit.Granted, Actor: people[0], Person: librarytest.Collaborator(t, gone), Item: id}
			c.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Note(line)
				tx.PersonChanged(line.Person)
				return tx.Collaborator.UpdateOneID(line.Person).SetRemovedAt(instant.Now()).Exec(ctx)
			})
			newest := func() *read.HistoryLine {
				p, err := c.History(c.Owner, read.History{Verbs: []audit.Verb{audit.Granted}}, read.Window{First: new(1)})
				if err != nil {
					t.Fatal(err)
				}
				return p.Edges[0].Node
			}
			person, err := newest().Person(c.Owner)
			if err != nil || person == nil || person.Name() != "Ann member" {
				t.Errorf("the person is %v, %v", person, err)
			}
			if it, err := newest().Item(c.Owner); err != nil || it == nil {
				t.Errorf("the item is %v, %v", it, err)
			}
			if words, err := newest().Words(c.Owner); err != nil || words != "Ann owner let Ann member view “Letter”." {
				t.Errorf("it says %q, %v", words, err)
			}
			if err := library.New(c.Feed).Delete(c.Owner, id); err != nil {
				t.Fatal(err)
			}
			if it, err := newest().Item(c.Owner); err != nil || it != nil {
				t.Errorf("the deleted item is %v, %v", it, err)
			}
			if words, err := newest().Words(c.Owner); err != nil || words != "Ann owner let Ann member view an item." {
				t.Errorf("it says %q, %v", words, err)
			}
		})
		t.Run("does not name people of another account", func(t *testing.T) {
			there := librarytest.New(t, s)
			c.Write(t, func(_ context.Context, tx *feed.Tx) error {
				tx.Note(audit.Line{Verb: audit.Removed, Actor: librarytest.Collaborator(t, there.Owner)})
				return nil
			})
			p, err := c.History(c.Owner, read.History{}, read.Window{First: new(1)})
			if err != nil {
				t.Fatal(err)
			}
			if actor, err := p.Edges[0].Node.Actor(c.Owner); err != nil || actor != nil {
				t.Errorf("it is %v, %v", actor, err)
			}
		})
		t.Run("is read and checked by owners alone, one check at a time", func(t *testing.T) {
			for _, person := range []context.Context{c.Manager, c.Member} {
				if _, err := c.History(person, read.History{}, read.Window{First: new(1)}); !fault.Is(err, fault.Denied) {
					t.Errorf("the history: %v", err)
				}
				if _, err := c.CheckHistory(person, nil); !fault.Is(err, fault.Denied) {
					t.Errorf("the check: %v", err)
				}
			}
			if _, err := c.CheckHistory(t.Context(), nil); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("nobody: %v", err)
			}
			if r, err := c.CheckHistory(c.Owner, nil); err != nil || !r.Intact() || r.Lines < 200 || len(r.Hash()) != 64 {
				t.Errorf("%+v, %v", r, err)
			}
		})
	})
}

func drawHistory(r *rapid.T, rows []*ent.AuditEvent, people, items []uuid.UUID) (which read.History) {
	which.Verbs = rapid.SliceOfN(rapid.SampledFrom(audit.Verbs()[:6]), 0, 4).Draw(r, "verbs")
	one := func(name string, of []uuid.UUID) *uuid.UUID {
		if rapid.IntRange(0, 2).Draw(r, name+" matters") > 0 {
			return nil
		}
		id := rapid.SampledFrom(of).Draw(r, name)
		return &id
	}
	which.Actor, which.Person, which.Item = one("actor", people), one("person", people), one("item", items)
	moment := func(name string) *instant.Instant {
		if rapid.Bool().Draw(r, name+" matters") {
			return nil
		}
		at := rapid.SampledFrom(rows).Draw(r, name).CreatedAt.Add(time.Duration(rapid.IntRange(-1, 1).Draw(r, name+" beside")) * time.Microsecond)
		return &at
	}
	which.Since, which.Until = moment("since"), moment("until")
	return which
}

// wanted is the model of a filter.
func wanted(row *ent.AuditEvent, which read.History) bool {
	is := func(want, got *uuid.UUID) bool { return want == nil || got != nil && *got == *want }
	return (len(which.Verbs) == 0 || slices.Contains(which.Verbs, audit.Verb(row.Verb))) &&
		is(which.Actor, row.ActorID) && is(which.Person, row.PersonID) && is(which.Item, row.ItemID) &&
		(which.Since == nil || row.CreatedAt >= *which.Since) && (which.Until == nil || row.CreatedAt < *which.Until)
}
