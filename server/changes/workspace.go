package changes

import (
	"context"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
)

// MaxPage is how many entries a page holds at most.
const MaxPage = 500

// maxBytes bounds the bodies on a page; one entry always fits.
const maxBytes = 1 << 20

// Page is a page of the workspace: what the viewer is to be told between two cursors.
type Page struct {
	// Items are to be shown as they are now, in the order of their changes. All are visible.
	Items []uuid.UUID
	// Removed are items and people that the viewer knew and does not see any more.
	Removed []Removed
	// People are collaborators who are new or changed.
	People []uuid.UUID
	// Settings is whether the account's own row changed.
	Settings bool
	// Buckets are items whose rows moved. All are visible.
	Buckets []uuid.UUID
	// Next is where to continue.
	Next string
	// More is whether something follows at once.
	More bool
}

// Removed names what is gone. Person is true for a collaborator; otherwise Kind is the item's.
type Removed struct {
	ID     uuid.UUID
	Kind   item.Kind
	Person bool
}

// entry is one line of the merged stream.
type entry struct {
	at     position
	stream stream
	kind   item.Kind // of stream removals
	gone   bool      // of stream people
}

type stream int

const (
	contents stream = iota
	rowMoves
	people
	settings
	appearances
	removals
)

// Workspace reads a page of the viewer in the context, of at most first entries, in the snapshot tx. An
// empty token begins a walk of everything the viewer may see. A cursor that cannot be continued is the
// CursorExpired fault.
func (c *Changes) Workspace(ctx context.Context, tx *ent.Tx, dialect, token string, first int) (*Page, error) {
	l, err := newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	from := l.tag(position{}, l.account.Seq)
	if token != "" {
		if from, err = c.open(l.viewer, l.account.ID, token); err != nil {
			return nil, err
		}
		if err := l.check(ctx, from, l.account.Horizon); err != nil {
			return nil, err
		}
	}
	page, to, err := l.workspace(ctx, from, first)
	if err != nil {
		return nil, err
	}
	page.Next = c.seal(l.viewer, l.account.ID, to)
	return page, nil
}

func (l *look) workspace(ctx context.Context, from cursor, first int) (*Page, cursor, error) {
	end := last(l.account.Seq)
	if from.at == end {
		return &Page{}, l.tag(end, from.walk), nil
	}
	entries, err := l.entries(ctx, from, first+1)
	if err != nil {
		return nil, cursor{}, err
	}
	more := len(entries) > first
	if more {
		entries = upTo(entries, first)
	}
	if entries, err = l.fit(ctx, entries, &more); err != nil {
		return nil, cursor{}, err
	}
	page, err := l.page(ctx, entries)
	if err != nil {
		return nil, cursor{}, err
	}
	page.More = more
	if more {
		end = entries[len(entries)-1].at
	}
	return page, l.tag(end, from.walk), nil
}

// entries returns the first n lines of each stream after the cursor, merged.
func (l *look) entries(ctx context.Context, from cursor, n int) ([]entry, error) {
	var all []entry
	for _, read := range []func(context.Context, cursor, int) ([]entry, error){
		l.contents, l.rowMoves, l.people, l.events,
	} {
		found, err := read(ctx, from, n)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	at := position{l.account.SettingsSeq, l.account.ID}
	if at.compare(from.at) > 0 {
		all = append(all, entry{at: at, stream: settings})
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.at.compare(b.at) })
	return all, nil
}

// upTo cuts the lines after the n-th, keeping those that share its position.
func upTo(entries []entry, n int) []entry {
	for n < len(entries) && entries[n].at == entries[n-1].at {
		n++
	}
	return entries[:n]
}

func (l *look) contents(ctx context.Context, from cursor, n int) ([]entry, error) {
	return l.itemStream(ctx, from, n, "seq", contents, nil)
}

func (l *look) rowMoves(ctx context.Context, from cursor, n int) ([]entry, error) {
	return l.itemStream(ctx, from, n, "rows_seq", rowMoves,
		sql.In("kind", item.KindContactList, item.KindBlacklist))
}

// itemStream reads visible items in the order of one of their positions.
func (l *look) itemStream(ctx context.Context, from cursor, n int, column string, st stream, only *sql.Predicate) ([]entry, error) {
	s := l.visibleItems(column, "id")
	s.Where(sql.CompositeGT([]string{column, "id"}, from.at.seq, from.at.id))
	if only != nil {
		s.Where(only)
	}
	s.OrderBy(column, "id").Limit(n)
	var found []entry
	err := l.query(ctx, s, func(r *sql.Rows) error {
		e := entry{stream: st}
		found = append(found, e)
		return r.Scan(&found[len(found)-1].at.seq, &found[len(found)-1].at.id)
	})
	return found, err
}

func (l *look) people(ctx context.Context, from cursor, n int) ([]entry, error) {
	b := sql.Dialect(l.dialect)
	t := b.Table("collaborators")
	s := b.Select(t.C("seq"), t.C("id"), t.C("removed_at")).From(t).Where(sql.And(
		sql.EQ("account_id", l.account.ID),
		sql.CompositeGT([]string{"seq", "id"}, from.at.seq, from.at.id),
		sql.Or(sql.EQ("removed_at", 0), sql.GT("seq", from.walk)),
	)).OrderBy("seq", "id").Limit(n)
	var found []entry
	err := l.query(ctx, s, func(r *sql.Rows) error {
		e := entry{stream: people}
		var removed int64
		err := r.Scan(&e.at.seq, &e.at.id, &removed)
		e.gone = removed > 0
		found = append(found, e)
		return err
	})
	return found, err
}

// page turns lines into what the viewer is told: each thing once, as it is now.
func (l *look) page(ctx context.Context, entries []entry) (*Page, error) {
	p := &Page{}
	moved := make(map[uuid.UUID]bool)
	turned := make(map[uuid.UUID]bool) // into sight or out of it
	show := once()
	for _, e := range entries {
		id := e.at.id
		switch e.stream {
		case contents:
			p.Items = show(p.Items, id)
		case appearances:
			turned[id] = true
			p.Items = show(p.Items, id)
		case removals:
			if !turned[id] {
				p.Removed = append(p.Removed, Removed{ID: id, Kind: e.kind})
			}
			turned[id] = true
		case rowMoves:
			moved[id] = true
			p.Buckets = append(p.Buckets, id)
		case people:
			if e.gone {
				p.Removed = append(p.Removed, Removed{ID: id, Person: true})
			} else {
				p.People = append(p.People, id)
			}
		case settings:
			p.Settings = true
		}
	}
	pointing, err := l.pointingAt(ctx, slices.Collect(maps.Keys(turned)))
	if err != nil {
		return nil, err
	}
	for _, id := range pointing {
		p.Items = show(p.Items, id)
	}
	return p, l.addBuckets(ctx, p, moved)
}

// once returns an append that takes each id one time.
func once() func([]uuid.UUID, uuid.UUID) []uuid.UUID {
	known := make(map[uuid.UUID]bool)
	return func(ids []uuid.UUID, id uuid.UUID) []uuid.UUID {
		if known[id] {
			return ids
		}
		known[id] = true
		return append(ids, id)
	}
}

// addBuckets names the bucket of every list or blacklist on the page, so that the holder of a new one
// learns where its rows stand.
func (l *look) addBuckets(ctx context.Context, p *Page, moved map[uuid.UUID]bool) error {
	if len(p.Items) == 0 {
		return nil
	}
	s := l.visibleItems("id")
	s.Where(sql.And(sql.In("id", anys(p.Items)...), sql.In("kind", item.KindContactList, item.KindBlacklist)))
	s.OrderBy("id")
	return l.query(ctx, s, func(r *sql.Rows) error {
		var id uuid.UUID
		err := r.Scan(&id)
		if !moved[id] {
			p.Buckets = append(p.Buckets, id)
		}
		return err
	})
}

// empty reports whether the page tells nothing. Since no line of the stream is without meaning for the
// viewer, an empty page is also the last.
func (p *Page) empty() bool {
	return !p.Settings && len(p.Items) == 0 && len(p.Removed) == 0 && len(p.People) == 0 && len(p.Buckets) == 0
}

// Fresh reports whether a copy of the workspace at the token is up to date for the viewer, and a token to
// ask with the next time. Changes that the viewer may not see leave no trace in the answer.
func (c *Changes) Fresh(ctx context.Context, tx *ent.Tx, dialect, token string) (fresh bool, next string, err error) {
	l, err := newLook(ctx, tx, dialect)
	if err != nil {
		return false, "", err
	}
	from, err := c.open(l.viewer, l.account.ID, token)
	if err != nil {
		return false, "", err
	}
	if err := l.check(ctx, from, l.account.Horizon); err != nil {
		return false, "", err
	}
	page, to, err := l.workspace(ctx, from, 1)
	if err != nil {
		return false, "", err
	}
	if !page.empty() {
		return false, token, nil
	}
	return true, c.seal(l.viewer, l.account.ID, to), nil
}
