package changes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// copied is a desktop's copy for one person, driven page by page.
type copied struct {
	a      *account
	p      *person
	items  *stream
	rows   map[string]*stream // by list
	states map[string]string  // state of each bucket that the workspace told
	named  map[string]bool    // buckets that the walk has named
	shown  int                // how many items pages have shown in all
}

// stream is one stream of a copy: what it holds and where it stands.
type stream struct {
	held    map[string]string
	cursor  string
	walking bool
	seen    map[string]bool
	fresh   bool // the last page said that nothing follows
	state   string
}

func newStream() *stream {
	return &stream{held: make(map[string]string), walking: true, seen: make(map[string]bool)}
}

func newCopy(a *account, p *person) *copied {
	return &copied{a, p, newStream(), make(map[string]*stream), make(map[string]string), make(map[string]bool), 0}
}

// put stores what a page brought.
func (s *stream) put(id, text string) { s.held[id], s.seen[id] = text, true }

// turn moves the cursor on; the end of a walk sweeps what did not come.
func (s *stream) turn(next string, more bool) {
	s.cursor, s.fresh = next, !more
	if s.walking && !more {
		for id := range s.held {
			if !s.seen[id] {
				delete(s.held, id)
			}
		}
		s.walking, s.seen = false, make(map[string]bool)
	}
}

// again begins a walk over what is held.
func (s *stream) again() {
	s.cursor, s.walking, s.fresh, s.seen = "", true, false, make(map[string]bool)
}

// pull applies one page of the workspace. With lost, the answer never arrives.
func (c *copied) pull(size int, lost bool) {
	c.a.t.Helper()
	var page *changes.Page
	texts := make(map[uuid.UUID]string)
	states := make(map[string]string)
	weight := 0
	err := c.a.store.Snapshot(c.a.as(c.p), func(ctx context.Context, tx *ent.Tx) (err error) {
		page, err = c.a.changes.Workspace(ctx, tx, c.a.store.Dialect(), c.items.cursor, size)
		if err != nil {
			return err
		}
		for _, id := range page.Items {
			if texts[id], err = describe(ctx, tx, id); err != nil {
				return err
			}
		}
		if weight, err = weigh(ctx, tx, page.Items); err != nil {
			return err
		}
		for _, id := range page.Buckets {
			it, err := tx.Item.Get(ctx, id)
			if err != nil {
				return err
			}
			if it.Kind != item.KindBlacklist {
				look, err := c.a.changes.Look(ctx, tx, c.a.store.Dialect())
				if err != nil {
					return err
				}
				buckets, err := look.Buckets(ctx, it)
				if err != nil {
					return err
				}
				states[id.String()] = buckets[id].State
			}
		}
		return nil
	})
	if fault.Is(err, fault.CursorExpired) {
		c.items.again()
		c.named = make(map[string]bool)
		for _, s := range c.rows { // states of another lineage can read alike: each list is asked once more
			s.state = ""
		}
		return
	}
	if err != nil {
		c.a.t.Fatalf("pulling a page: %v", err)
	}
	c.bounded(page, size, weight)
	for _, gone := range page.Removed {
		if !gone.Person && !c.p.ever[gone.ID] {
			c.a.t.Fatalf("told of %s, which this person never could see", gone.ID)
		}
	}
	if lost {
		return
	}
	for _, gone := range page.Removed {
		delete(c.items.held, gone.ID.String())
		delete(c.rows, gone.ID.String())
		delete(c.states, gone.ID.String())
	}
	c.shown += len(page.Items)
	for _, id := range page.Items {
		c.items.put(id.String(), texts[id])
	}
	for id, state := range states {
		c.states[id], c.named[id] = state, true
	}
	walked := c.items.walking && !page.More
	c.items.turn(page.Next, page.More)
	for id := range c.states { // swept with their item, or since the walk did not name them
		if _, held := c.items.held[id]; !held || walked && !c.named[id] {
			delete(c.rows, id)
			delete(c.states, id)
		}
	}
}

// bounded holds a page to its bounds: so many things in all, and so many bytes of bodies unless it is one thing.
func (c *copied) bounded(page *changes.Page, size, weight int) {
	c.a.t.Helper()
	told := len(page.Items) + len(page.Removed) + len(page.People)
	if page.Settings {
		told++
	}
	if told > size || len(page.Buckets) > size || told > 1 && weight > c.a.pageBytes {
		c.a.t.Fatalf("a page of %d and %d bytes tells of %d things with %d bytes, and of %d buckets",
			size, c.a.pageBytes, told, weight, len(page.Buckets))
	}
}

// pullRows applies one page of a list's rows.
func (c *copied) pullRows(list string, size int, lost bool) {
	c.a.t.Helper()
	s := c.rows[list]
	if s == nil {
		s = newStream()
		c.rows[list] = s
	}
	id := uuid.MustParse(list)
	var (
		span  *changes.Span
		found map[uuid.UUID]string
		gone  []uuid.UUID
	)
	err := c.a.store.Snapshot(c.a.as(c.p), func(ctx context.Context, tx *ent.Tx) (err error) {
		if span, err = c.a.changes.Rows(ctx, tx, c.a.store.Dialect(), id, s.cursor, size); err != nil {
			return err
		}
		if found, err = rowsOf(ctx, tx, span); err != nil {
			return err
		}
		if err := sameAsDense(ctx, tx, c.a.store.Dialect(), span, found); err != nil {
			return err
		}
		if gone, err = span.Removals(ctx, tx, c.a.store.Dialect()); err != nil {
			return err
		}
		shared, err := lookAt(ctx, tx, c.a.bundle, id, s.cursor, size)
		if err == nil && (len(shared.ids) != len(found) || !slices.Equal(shared.gone, slices.Concat([]uuid.UUID{}, gone)) || shared.more != span.More) {
			err = fmt.Errorf("who looks with others is told of %v and that %v are gone, not of %v and %v", shared.ids, shared.gone, found, gone)
		}
		return err
	})
	switch {
	case fault.Is(err, fault.NotFound):
		return // the workspace will tell
	case fault.Is(err, fault.CursorExpired):
		s.again()
		return
	case err != nil:
		c.a.t.Fatalf("pulling rows: %v", err)
	case len(found) > size || len(gone) > size:
		c.a.t.Fatalf("a page of %d rows has %d and %d removals", size, len(found), len(gone))
	}
	told := gone
	if span.Item.Kind == item.KindCampaign { // of a list that one sees, one sees all rows
		told = slices.AppendSeq(slices.Clone(gone), maps.Keys(found))
	}
	for _, id := range told {
		if !c.p.ever[id] {
			c.a.t.Fatalf("told of the row %s, which this person never could see", id)
		}
	}
	if lost {
		return
	}
	for id, text := range found {
		s.put(id.String(), text)
	}
	for _, id := range gone { // after what came, as the mirror does it
		delete(s.held, id.String())
	}
	s.turn(span.Next, span.More)
	if !span.More {
		s.state = span.State
		if want := len(s.held); span.Rows != int64(want) {
			c.a.t.Fatalf("a bucket of %d rows says that it has %d", want, span.Rows)
		}
	}
}

// rowsOf reads the rows of a page as the viewer, in the model's words.
func rowsOf(ctx context.Context, tx *ent.Tx, span *changes.Span) (map[uuid.UUID]string, error) {
	found := make(map[uuid.UUID]string)
	if span.Item.Kind == item.KindCampaign {
		rows, err := tx.Lead.Query().Where(span.Within()).All(ctx)
		for _, row := range rows {
			var assignee uuid.UUID
			if row.AssigneeID != nil {
				assignee = *row.AssigneeID
			}
			found[row.ID] = "v" + strconv.FormatInt(row.Version, 10) + " of " + assignee.String()
		}
		return found, err
	}
	rows, err := tx.Contact.Query().Where(span.Within()).Select(contact.FieldID, contact.FieldVersion).All(ctx)
	for _, row := range rows {
		found[row.ID] = "v" + strconv.FormatInt(row.Version, 10)
	}
	return found, err
}

// sameAsDense refuses a page whose dense form has other rows.
func sameAsDense(ctx context.Context, tx *ent.Tx, dialect string, span *changes.Span, found map[uuid.UUID]string) error {
	text, n, err := span.Dense(ctx, tx, dialect)
	if err != nil {
		return err
	}
	var rows [][]any
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return err
	}
	for _, row := range rows {
		id, _ := row[0].(string)
		if _, there := found[uuid.MustParse(id)]; !there {
			return fmt.Errorf("only the dense form has the row %s", id)
		}
	}
	if n != len(found) || len(rows) != n {
		return fmt.Errorf("the dense form has %d rows and says %d, not %d", len(rows), n, len(found))
	}
	return nil
}

// drain pulls until nothing follows.
func (c *copied) drain(size int) {
	c.a.t.Helper()
	const enough = 1000 // pages; more is a stream that never ends
	pages := 0
	for c.items.fresh = false; !c.items.fresh; pages++ {
		c.pull(size, false)
		if pages > enough {
			c.a.t.Fatalf("the workspace never ends: %+v", c.items)
		}
	}
	for list, state := range c.states {
		for s := c.rows[list]; s == nil || s.state != state; s = c.rows[list] {
			c.pullRows(list, size, false)
			if pages++; pages > enough {
				c.a.t.Fatalf("the rows of %s never end: %+v, wanted %s", list, c.rows[list], state)
			}
		}
	}
}

// weigh returns the bytes of the bodies of items.
func weigh(ctx context.Context, tx *ent.Tx, ids []uuid.UUID) (int, error) {
	bodies, err := tx.Campaign.Query().Where(campaign.IDIn(ids...)).Select(campaign.FieldBody).Strings(ctx)
	return len(strings.Join(bodies, "")), err
}

// describe reads an item as the viewer sees it, in the model's words.
func describe(ctx context.Context, tx *ent.Tx, id uuid.UUID) (string, error) {
	it, level, err := sharing.LevelOn(ctx, tx, id)
	if err != nil {
		return "", err
	}
	text := string(it.Kind) + " v" + strconv.FormatInt(it.Version, 10) + " " + string(level)
	if it.Kind != item.KindCampaign {
		return text, nil
	}
	visible, err := targetsOf(ctx, tx, id)
	if err != nil {
		return "", err
	}
	all, err := targetsOf(system(), tx, id)
	for _, target := range visible {
		text += " → " + target.String()
	}
	if len(all) > len(visible) {
		text += " → restricted"
	}
	return text, err
}

// targetsOf returns what a campaign points at, as far as the context sees it.
func targetsOf(ctx context.Context, tx *ent.Tx, id uuid.UUID) ([]uuid.UUID, error) {
	lists, err := tx.Campaign.Query().Where(campaign.ID(id)).QueryLists().IDs(ctx)
	if err != nil {
		return nil, err
	}
	blacklists, err := tx.Campaign.Query().Where(campaign.ID(id)).QueryBlacklists().IDs(ctx)
	all := slices.Concat(lists, blacklists)
	slices.SortFunc(all, compareIDs)
	return all, err
}
