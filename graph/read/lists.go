package read

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/sharing"
)

// Archive says which items a list holds, as to the archive.
type Archive int

// The choices: what is in use, what is put aside, or both.
const (
	Current Archive = iota
	Archived
	Both
)

// Items says which items a list holds and how it is ordered.
type Items struct {
	// Kinds are the kinds wanted; none for all.
	Kinds []item.Kind
	// Search is part of a name; empty for all.
	Search string
	// Archive says which, as to the archive.
	Archive Archive
	// Order is how it is ordered.
	Order Order
}

// Order is how a list of items is ordered.
type Order int

// The orders: last changed first, or by name.
const (
	ByChange Order = iota
	ByName
)

var (
	byChange   = ordering{"items by change", []string{item.FieldSeq, item.FieldID}, true}
	byName     = ordering{"items by name", []string{item.FieldNameKey, item.FieldID}, false}
	byDeletion = ordering{"deleted items", []string{item.FieldDeletedAt, item.FieldID}, true}
)

// ListItems reads a page of items as nodes of the kind T.
func ListItems[T Item](ctx context.Context, r *Reader, which Items, w Window) (*Page[T], error) {
	if err := searchable(which.Search); err != nil {
		return nil, err
	}
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	q := r.store.Client().Item.Query().Where(which.predicates()...)
	l := itemList[T](r.source(), q, which.ordering())
	if which.fast(v) {
		l = newest(r, v, l, which)
	}
	return page(ctx, r.sealer, l, w)
}

// predicates are what items of the list fulfil.
func (i Items) predicates() []predicate.Item {
	var all []predicate.Item
	if len(i.Kinds) > 0 {
		all = append(all, item.KindIn(i.Kinds...))
	}
	switch i.Archive {
	case Current:
		all = append(all, item.ArchivedAt(0))
	case Archived:
		all = append(all, item.ArchivedAtGT(0))
	}
	if i.Search != "" {
		all = append(all, item.NameKeyContains(fold.Fold(i.Search)))
	}
	return all
}

func (i Items) ordering() ordering {
	if i.Order == ByName {
		return byName
	}
	return byChange
}

// fast is whether the list is one that package sharing reads at a cost that follows the page.
func (i Items) fast(v *sharing.Viewer) bool {
	return !v.Owner() && i.Order == ByChange && i.Search == ""
}

// kinds are those wanted, each once.
func (i Items) kinds() []item.Kind {
	all := []item.Kind{item.KindCampaign, item.KindTemplate, item.KindContactList, item.KindBlacklist}
	return slices.DeleteFunc(all, func(k item.Kind) bool { return len(i.Kinds) > 0 && !slices.Contains(i.Kinds, k) })
}

// only is the condition as to the archive, on items as i.
func (i Items) only() string {
	return map[Archive]string{Current: "i.archived_at = 0", Archived: "i.archived_at > 0"}[i.Archive]
}

// newest has a list of items, last changed first, read at a cost that follows the page, and counted at one that follows
// what the viewer sees. What they may do with its items comes with them.
func newest[T Item](r *Reader, v *sharing.Viewer, l listing[*ent.Item, T], which Items) listing[*ent.Item, T] {
	levels := make(map[uuid.UUID]access.Level)
	l.forward = func(ctx context.Context, after []any, n int) ([]*ent.Item, error) {
		places, err := r.newestOf(ctx, v, which, after, n)
		rows := make([]*ent.Item, len(places))
		for i, p := range places {
			rows[i], levels[p.ID] = p.Item, p.Level
		}
		return rows, err
	}
	l.count = func(ctx context.Context) (all int, err error) {
		for _, kind := range which.kinds() {
			n, err := v.Count(ctx, r.store.Client(), r.store.Dialect(), kind, which.only())
			if err != nil {
				return 0, err
			}
			all += n
		}
		return all, nil
	}
	present := l.present
	l.present = func(rows []*ent.Item) []T {
		items := present(rows)
		if len(levels) > 0 {
			items[0].shared().siblings.levels = func(context.Context) (map[uuid.UUID]access.Level, error) { return levels, nil }
		}
		return items
	}
	return l
}

// newestOf reads the next n items of the kinds wanted, last changed first: those of each kind, merged.
func (r *Reader) newestOf(ctx context.Context, v *sharing.Viewer, which Items, after []any, n int) ([]sharing.Place, error) {
	from, err := placeOf(after)
	if err != nil {
		return nil, err
	}
	var places []sharing.Place
	for _, kind := range which.kinds() {
		some, err := v.Newest(ctx, r.store.Client(), r.store.Dialect(), kind, from, n, which.only())
		if err != nil {
			return nil, err
		}
		places = append(places, some...)
	}
	slices.SortFunc(places, func(a, b sharing.Place) int {
		return cmp.Or(cmp.Compare(b.Seq, a.Seq), bytes.Compare(b.ID[:], a.ID[:]))
	})
	return places[:min(n, len(places))], nil
}

func placeOf(key []any) (*sharing.Place, error) {
	if key == nil {
		return nil, nil
	}
	seq, _ := key[0].(int64)
	text, _ := key[1].(string)
	id, err := uuid.Parse(text)
	return &sharing.Place{ID: id, Seq: seq}, err
}

// DeletedItems reads a page of the items that the viewer may restore.
func (r *Reader) DeletedItems(ctx context.Context, w Window) (*Page[Item], error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	q := r.store.Client().Item.Query().Where(predicate.Item(v.Disposes()), library.Restorable())
	return page(ctx, r.sealer, itemList[Item](r.bin(), q, byDeletion), w)
}

func itemList[T Item](from source, q *ent.ItemQuery, o ordering) listing[*ent.Item, T] {
	return listing[*ent.Item, T]{
		ordering: o,
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Item, error) {
			return q.Clone().Where(apply).All(from.see(ctx))
		},
		key: func(i *ent.Item) []any {
			switch o.columns[0] {
			case item.FieldSeq:
				return []any{i.Seq, i.ID}
			case item.FieldNameKey:
				return []any{i.NameKey, i.ID}
			default:
				return []any{int64(i.DeletedAt), i.ID}
			}
		},
		present: func(rows []*ent.Item) []T {
			nodes := make([]T, len(rows))
			for i, it := range newItems(from, rows) {
				nodes[i] = it.(T)
			}
			return nodes
		},
		count: func(ctx context.Context) (int, error) { return q.Clone().Count(from.see(ctx)) },
	}
}

// Contacts reads a page of a list's contacts by address.
func (r *Reader) Contacts(ctx context.Context, of *ContactList, search string, w Window) (*Page[*Contact], error) {
	if err := searchable(search); err != nil {
		return nil, err
	}
	q := r.store.Client().Contact.Query().Where(contact.ListID(of.row.ID))
	if search != "" {
		q.Where(contact.Or(
			contact.EmailKeyContains(strings.ToLower(search)),
			contact.FirstNameContainsFold(search),
			contact.LastNameContainsFold(search),
		))
	}
	return page(ctx, r.sealer, listing[*ent.Contact, *Contact]{
		ordering: ordering{"contacts of " + of.ID(), []string{contact.FieldEmailKey, contact.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Contact, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(c *ent.Contact) []any { return []any{c.EmailKey, c.ID} },
		present: as(func(c *ent.Contact) *Contact { return &Contact{c} }),
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// Entries reads a page of a blacklist's entries by address or domain.
func (r *Reader) Entries(ctx context.Context, of *Blacklist, search string, w Window) (*Page[*BlacklistEntry], error) {
	if err := searchable(search); err != nil {
		return nil, err
	}
	q := r.store.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(of.row.ID))
	if search != "" {
		q.Where(blacklistentry.ValueKeyContains(strings.ToLower(search)))
	}
	return page(ctx, r.sealer, listing[*ent.BlacklistEntry, *BlacklistEntry]{
		ordering: ordering{"entries of " + of.ID(), []string{blacklistentry.FieldValueKey, blacklistentry.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.BlacklistEntry, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(e *ent.BlacklistEntry) []any { return []any{e.ValueKey, e.ID} },
		present: as(func(e *ent.BlacklistEntry) *BlacklistEntry { return &BlacklistEntry{e} }),
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// searchable refuses what is longer than anything that could be found: databases bound the patterns they take.
func searchable(search string) error {
	const most = 300
	if utf8.RuneCountInString(search) > most {
		return fault.Field("search", "A search has at most %d characters.", most)
	}
	return nil
}

func as[R, T any](one func(R) T) func([]R) []T {
	return func(rows []R) []T {
		nodes := make([]T, len(rows))
		for i, row := range rows {
			nodes[i] = one(row)
		}
		return nodes
	}
}
