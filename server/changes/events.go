package changes

import (
	"context"
	"maps"
	"math"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/sharing"
)

// event is an entry of the visibility log: of an item (person is the zero id) or of the viewer's edge.
type event struct {
	seq    int64
	item   uuid.UUID
	person uuid.UUID
	before visibilityevent.Before
}

func (e event) at() position { return position{e.seq, e.item} }

// events reads the first n entries of what the log has to tell the viewer after the cursor. Entries that tell
// them nothing, such as the life of items they never could see, do not count: neither a page's length nor the
// number of pages shows them.
func (l *look) events(ctx context.Context, from cursor, n int) ([]entry, error) {
	return l.eventsWithin(ctx, from.at, last(math.MaxInt64), from.walk, n)
}

// eventsWithin is events after one position and up to another; what was before the walk concerns it not.
func (l *look) eventsWithin(ctx context.Context, after, upTo position, walk int64, n int) ([]entry, error) {
	if walk >= after.seq { // also inside the newest number, at which a page was cut
		after = last(walk)
	}
	var found []entry
	for len(found) < n {
		batch, whole, err := l.logged(ctx, after, upTo)
		if err != nil {
			return nil, err
		}
		told, err := l.settle(ctx, batch)
		if err != nil {
			return nil, err
		}
		found = append(found, told...)
		if whole {
			break
		}
		after = batch[len(batch)-1].at()
	}
	return found[:min(n, len(found))], nil
}

// logBatch is how many entries of the log are looked at together.
const logBatch = 500

// logged reads the next entries of the log, of items and of the viewer in order; whole says that none
// follow. Each of the two is one range of the index; together they would be sorted.
func (l *look) logged(ctx context.Context, after, upTo position) (batch []event, whole bool, err error) {
	still, err := l.still(ctx, after)
	if err != nil {
		return nil, false, err
	}
	whole = true
	end := upTo
	for _, person := range []uuid.UUID{uuid.Nil, l.viewer.Collaborator} {
		if person == uuid.Nil && still.log {
			continue
		}
		n := len(batch)
		err := l.log(ctx, sql.And(
			sql.EQ("account_id", l.account.id), sql.EQ("collaborator_id", person),
			sql.CompositeGT([]string{"seq", "item_id"}, after.seq, after.id), notAfter(upTo, "seq", "item_id"),
		), logBatch, func(e event) { batch = append(batch, e) })
		if err != nil {
			return nil, false, err
		}
		if len(batch)-n == logBatch { // there may be more: the other range counts no further than this one
			whole = false
			if at := batch[len(batch)-1].at(); at.compare(end) < 0 {
				end = at
			}
		}
	}
	slices.SortStableFunc(batch, func(a, b event) int { return a.at().compare(b.at()) })
	return slices.DeleteFunc(batch, func(e event) bool { return e.at().compare(end) > 0 }), whole, nil
}

func (l *look) log(ctx context.Context, where *sql.Predicate, n int, each func(event)) error {
	b := sql.Dialect(l.dialect)
	t := b.Table(visibilityevent.Table)
	s := b.Select(t.Columns("seq", "item_id", "collaborator_id", "before")...).From(t).
		Where(where).OrderBy("seq", "item_id")
	if n > 0 {
		s.Limit(n)
	}
	return l.query(ctx, s, func(r *sql.Rows) error {
		var e event
		err := r.Scan(&e.seq, &e.item, &e.person, &e.before)
		each(e)
		return err
	})
}

// settle decides what passed events, in order, mean for the viewer: an item that is visible now is to be shown; one
// that is not, and that the viewer could see just before the event, is to be taken away; of others
// nothing is told.
func (l *look) settle(ctx context.Context, passed []event) ([]entry, error) {
	if len(passed) == 0 {
		return nil, nil
	}
	ids := make(map[uuid.UUID]bool)
	for _, e := range passed {
		ids[e.item] = true
	}
	s := l.visibleItems("id")
	s.Where(sql.In("id", anys(slices.Collect(maps.Keys(ids)))...))
	visible := make(map[uuid.UUID]bool)
	err := l.query(ctx, s, func(r *sql.Rows) error {
		var id uuid.UUID
		err := r.Scan(&id)
		visible[id] = true
		delete(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	pasts := make(map[uuid.UUID]*past)
	if len(ids) > 0 {
		if pasts, err = l.pasts(ctx, slices.Collect(maps.Keys(ids)), passed[0].seq); err != nil {
			return nil, err
		}
	}
	var told []entry
	for _, e := range passed {
		past := pasts[e.item]
		switch {
		case visible[e.item]:
			told = append(told, entry{at: e.at(), stream: appearances})
		case past != nil && l.viewer.Level(past.before(e.seq)) != access.LevelNone:
			told = append(told, entry{at: e.at(), stream: removals, kind: past.kind})
		}
	}
	return told, nil
}

// past is what is known of an item's visibility to the viewer: how it is now, and each change since some
// number.
type past struct {
	kind   item.Kind
	now    sharing.State
	events []event // ascending
}

// before returns the state just before the commit with the number seq, which is not before what is known: of each of its parts, what the
// first event from seq on says was before, and where there is none, what is now.
func (p *past) before(seq int64) sharing.State {
	s := p.now
	lifeKnown, edgeKnown := false, false
	for _, e := range p.events {
		switch {
		case e.seq < seq:
		case e.person == uuid.Nil && !lifeKnown:
			lifeKnown = true
			s.Dead = e.before == visibilityevent.BeforeDead
			if !s.Dead {
				s.Audience = item.Audience(e.before)
			}
		case e.person != uuid.Nil && !edgeKnown:
			edgeKnown = true
			s.Edge = access.Level(e.before)
			if e.before == visibilityevent.BeforeAbsent {
				s.Edge = ""
			}
		}
	}
	return s
}

// lapsed reports whether the viewer could not see an item at some time after the number since.
func (l *look) lapsed(ctx context.Context, id uuid.UUID, since int64) (bool, error) {
	if since == l.account.seq {
		return false, nil
	}
	ids, happened := []uuid.UUID{id}, false
	if err := l.log(ctx, l.since(ids, since+1), 1, func(event) { happened = true }); err != nil || !happened {
		return false, err
	}
	pasts, err := l.pasts(ctx, ids, since+1)
	if err != nil {
		return false, err
	}
	p := pasts[id]
	return slices.ContainsFunc(p.events, func(e event) bool {
		return l.viewer.Level(p.before(e.seq)) == access.LevelNone
	}), nil
}

// pasts reads the state of items, visible or not, and their log since a number. It is the one place that
// reads rows of invisible items; nothing of them leaves this package but the id of one seen before.
func (l *look) pasts(ctx context.Context, ids []uuid.UUID, since int64) (map[uuid.UUID]*past, error) {
	pasts := make(map[uuid.UUID]*past, len(ids))
	b := sql.Dialect(l.dialect)
	t := b.Table(item.Table)
	s := b.Select(t.Columns("id", "kind", "audience", "creator_id", "deleted_at")...).From(t).
		Where(sql.In(t.C("id"), anys(ids)...))
	err := l.query(ctx, s, func(r *sql.Rows) error {
		var (
			id      uuid.UUID
			p       past
			creator uuid.NullUUID
			deleted int64
		)
		err := r.Scan(&id, &p.kind, &p.now.Audience, &creator, &deleted)
		p.now.Dead = deleted > 0
		if creator.Valid {
			p.now.Creator = &creator.UUID
		}
		pasts[id] = &p
		return err
	})
	if err != nil {
		return nil, err
	}
	edges := b.Table(access.Table)
	s = b.Select(edges.Columns("item_id", "level")...).From(edges).Where(sql.And(
		sql.EQ(edges.C("collaborator_id"), l.viewer.Collaborator), sql.In(edges.C("item_id"), anys(ids)...)))
	err = l.query(ctx, s, func(r *sql.Rows) error {
		var (
			id    uuid.UUID
			level access.Level
		)
		err := r.Scan(&id, &level)
		if p := pasts[id]; p != nil {
			p.now.Edge = level
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = l.log(ctx, l.since(ids, since), 0, func(e event) {
		if p := pasts[e.item]; p != nil {
			p.events = append(p.events, e)
		}
	})
	return pasts, err
}

// since is what the log has of items and of the viewer's edges to them, from a number on.
func (l *look) since(ids []uuid.UUID, seq int64) *sql.Predicate {
	return sql.And(sql.In("item_id", anys(ids)...), sql.In("collaborator_id", uuid.Nil, l.viewer.Collaborator), sql.GTE("seq", seq))
}
