package changes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestSharedRows holds that of several who look at the same rows each is told what is theirs, whoever looked first.
func TestSharedRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("are to who sees their own leads these alone", func(t *testing.T) { eachTheirs(t, b) })
		t.Run("are nothing to whom the list is not shared", func(t *testing.T) { notShared(t, b) })
		t.Run("tell who walks of no row that went before", func(t *testing.T) { walksBeside(t, b) })
		t.Run("begin and end where each asks", func(t *testing.T) { whereAsked(t, b) })
		t.Run("are remembered where they are few", func(t *testing.T) {
			a := b.newAccount(t, 1)
			list := a.create(item.KindContactList, a.owner(), true)
			a.addRows(list, 600)
			before := b.changes.Pages()
			a.sharedRows(a.owner(), list, "", 600)
			if n := b.changes.Pages(); n != before {
				t.Errorf("%d pages are remembered, %d before", n, before)
			}
			a.sharedRows(a.owner(), list, "", 6)
			if n := b.changes.Pages(); n != before+1 {
				t.Errorf("%d pages are remembered, %d before", n, before)
			}
		})
	})
}

// rowsPage is a page of rows as a follower is sent it.
type rowsPage struct {
	ids    []string // in order
	gone   []uuid.UUID
	next   string
	more   bool
	digest string
}

func readLines(l *changes.Lines) (*rowsPage, error) {
	var h struct {
		Next, Digest string
		More         bool
		Count        int
	}
	if err := json.Unmarshal([]byte(l.Header), &h); err != nil {
		return nil, err
	}
	p := &rowsPage{next: h.Next, more: h.More, digest: h.Digest}
	var rows [][]any
	if err := json.Unmarshal([]byte(l.Rows), &rows); err != nil {
		return nil, err
	}
	for _, row := range rows {
		id, _ := row[0].(string)
		p.ids = append(p.ids, id)
	}
	if h.Count != len(rows) {
		return nil, fmt.Errorf("a page of %d rows says that it has %d", len(rows), h.Count)
	}
	return p, json.Unmarshal([]byte(l.Removals), &p.gone)
}

// lookAt reads a page as one of several who look.
func lookAt(ctx context.Context, tx *ent.Tx, b *bundle, id uuid.UUID, after string, first int) (*rowsPage, error) {
	look, err := b.changes.Look(ctx, tx, b.store.Dialect())
	if err != nil {
		return nil, err
	}
	span, err := look.Rows(ctx, id, after, first)
	if err != nil {
		return nil, err
	}
	lines, err := span.Lines(ctx, tx, b.store.Dialect())
	if err != nil {
		return nil, err
	}
	return readLines(lines)
}

func (a *account) trySharedRows(p *person, th *thing, after string, first int) (page *rowsPage, err error) {
	a.t.Helper()
	err = a.store.Snapshot(a.as(p), func(ctx context.Context, tx *ent.Tx) (err error) {
		page, err = lookAt(ctx, tx, a.bundle, th.id, after, first)
		return err
	})
	return page, err
}

func (a *account) sharedRows(p *person, th *thing, after string, first int) *rowsPage {
	a.t.Helper()
	page, err := a.trySharedRows(p, th, after, first)
	a.must(err)
	return page
}

// eachTheirs has the owner and two members read a campaign's leads, of which each member sees their own, from the
// start and then what has changed.
func eachTheirs(t *testing.T, b *bundle) {
	a := b.newAccount(t, 3)
	one, two := a.model.people[1], a.model.people[2]
	campaign := a.create(item.KindCampaign, a.owner(), true)
	a.setMemberLeads(true)
	a.receive(campaign, one.id, 2)
	a.receive(campaign, two.id, 3)
	a.receive(campaign, uuid.Nil, 1)
	cursors := make(map[*person]string)
	read := func(step string, changed, gone map[*person][]uuid.UUID) {
		for _, p := range a.model.people {
			page := a.sharedRows(p, campaign, cursors[p], 100)
			cursors[p] = page.next
			want := slices.Sorted(maps.Keys(a.model.rowsView(campaign, p)))
			if changed != nil {
				want = nil
				for _, id := range changed[p] {
					want = append(want, id.String())
				}
			}
			if got := slices.Sorted(slices.Values(page.ids)); !slices.Equal(got, want) {
				t.Errorf("%s: person %d is told of the leads %v, not %v", step, slices.Index(a.model.people, p), got, want)
			}
			if !slices.Equal(page.gone, gone[p]) {
				t.Errorf("%s: person %d is told that %v are gone, not %v", step, slices.Index(a.model.people, p), page.gone, gone[p])
			}
		}
	}
	read("from the start", nil, nil)
	lead := func(of uuid.UUID) uuid.UUID {
		for _, id := range slices.SortedFunc(maps.Keys(campaign.leads), compareIDs) {
			if campaign.leads[id].assignee == of {
				return id
			}
		}
		return uuid.Nil
	}
	moved := lead(one.id)
	a.reassign(campaign, two.id, moved)
	read("a lead goes from one to two", map[*person][]uuid.UUID{a.owner(): {moved}, two: {moved}}, map[*person][]uuid.UUID{one: {moved}})
	waiting := lead(uuid.Nil)
	a.reassign(campaign, one.id, waiting)
	read("one is given a lead", map[*person][]uuid.UUID{a.owner(): {waiting}, one: {waiting}}, nil)
}

// notShared asks for what another has just read, by a cursor of when the list was shared, and once it is again.
func notShared(t *testing.T, b *bundle) {
	a := b.newAccount(t, 2)
	member, other := a.model.people[1], a.model.people[2]
	list := a.create(item.KindContactList, a.owner(), false)
	a.setAccess(list, member, "view")
	a.addRows(list, 1)
	first := a.sharedRows(member, list, "", 10)
	if _, err := a.trySharedRows(other, list, "", 10); !fault.Is(err, fault.NotFound) {
		t.Errorf("who never could see the list gets %v", err)
	}
	a.setAccess(list, other, "view")
	then := a.sharedRows(other, list, "", 10)
	a.clearAccess(list, other)
	a.addRows(list, 1)
	if page := a.sharedRows(member, list, first.next, 10); len(page.ids) != 1 {
		t.Errorf("who sees the list is told of %v", page.ids)
	}
	if _, err := a.trySharedRows(other, list, then.next, 10); !fault.Is(err, fault.NotFound) {
		t.Errorf("who could see the list once gets %v", err)
	}
	a.setAccess(list, other, "view")
	a.sharedRows(member, list, first.next, 10)
	if _, err := a.trySharedRows(other, list, then.next, 10); !fault.Is(err, fault.CursorExpired) {
		t.Errorf("whom the list was out of sight for gets %v", err)
	}
	if page := a.sharedRows(other, list, "", 10); len(page.ids) != 2 {
		t.Errorf("who begins again is told of %v", page.ids)
	}
}

// walksBeside has one who walks and one who goes on stand at the same row, after which a removal follows that is from
// before the walk.
func walksBeside(t *testing.T, b *bundle) {
	for name, order := range map[string][]int{"who walks looks first": {2, 1}, "who goes on looks first": {1, 2}} {
		a := b.newAccount(t, 2)
		list := a.create(item.KindContactList, a.owner(), true)
		a.addRows(list, 1)
		went := sortedRows(list)[0]
		known := a.sharedRows(a.model.people[1], list, "", 10)
		for range 3 {
			a.addRows(list, 1)
		}
		a.deleteRows(list, went)
		after := map[int]string{
			1: a.sharedRows(a.model.people[1], list, known.next, 1).next,
			2: a.sharedRows(a.model.people[2], list, "", 1).next,
		}
		gone := map[int][]uuid.UUID{1: {went}, 2: {}}
		for _, p := range order {
			page := a.sharedRows(a.model.people[p], list, after[p], 10)
			if len(page.ids) != 2 || !slices.Equal(page.gone, gone[p]) {
				t.Errorf("%s: person %d is told of %v, and that %v are gone", name, p, page.ids, page.gone)
			}
		}
	}
}

// whereAsked reads two lists, whose rows have the same numbers, in pages of several lengths.
func whereAsked(t *testing.T, b *bundle) {
	a := b.newAccount(t, 2)
	lists := []*thing{a.create(item.KindContactList, a.owner(), true), a.create(item.KindContactList, a.owner(), true)}
	for _, list := range lists {
		a.addRows(list, 6)
	}
	for _, size := range []int{1, 4, 2, 6} {
		for _, p := range a.model.people {
			for _, list := range lists {
				after, left := "", sortedRows(list)
				for more := true; more; {
					page := a.sharedRows(p, list, after, size)
					n := min(size, len(left))
					if want := fmt.Sprint(left[:n]); fmt.Sprint(page.ids) != want {
						t.Fatalf("a page of %d has the rows %v, not %s", size, page.ids, want)
					}
					left = left[n:]
					if after, more = page.next, page.more; more != (len(left) > 0) {
						t.Fatalf("a page of %d says %t that more follow, of %d", size, more, len(left))
					}
				}
			}
		}
	}
}
