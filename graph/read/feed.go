package read

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
)

// ChangePage is a page of the workspace's changes.
type ChangePage struct {
	Account       *Account
	Collaborators []*Collaborator
	Items         []Item
	Buckets       []*Bucket
	Removals      []string
	Rows          []*BucketRows
	LastMutation  *int64
	Next          string
	More          bool
}

// Bucket is the rows of one item as a whole.
type Bucket struct {
	row *ent.Item
	changes.Bucket
	sizes sizes
}

// ID returns the API's id of the item.
func (b *Bucket) ID() string { return ItemID(b.row.Kind, b.row.ID) }

// Kind returns what the rows are.
func (b *Bucket) Kind() BucketKind { return KindOfRows(b.row.Kind) }

// State differs whenever a row has changed.
func (b *Bucket) State() string { return b.Bucket.State }

// Rows returns how many rows there are.
func (b *Bucket) Rows() int64 { return b.Bucket.Rows }

// BucketKind is what the rows of a bucket are.
type BucketKind string

// The kinds of rows.
const (
	Contacts BucketKind = "contacts"
	Entries  BucketKind = "entries"
	Leads    BucketKind = "leads"
)

// KindOfRows returns what the rows of an item of a kind are.
func KindOfRows(kind item.Kind) BucketKind { return BucketKind(changes.RowKind(kind)) }

// ParseBucketID returns the uuid of an item that has rows, or the NotFound fault.
func ParseBucketID(global string) (uuid.UUID, error) {
	return ParseIDAs(global, "list", ContactListID, BlacklistID, CampaignID)
}

func (r *Reader) fill(ctx context.Context, tx *ent.Tx, look *changes.Look, p *ChangePage, page *changes.Page) error {
	if page.Settings {
		row, err := tx.Account.Query().Only(ctx)
		if err != nil {
			return err
		}
		p.Account = &Account{row}
	}
	if len(page.People) > 0 {
		rows, err := tx.Collaborator.Query().Where(collaborator.IDIn(page.People...)).All(ctx)
		if err != nil {
			return err
		}
		p.Collaborators = as(r.clock.person)(rows)
	}
	ids := slices.Concat(page.Items, page.Buckets)
	if len(ids) == 0 {
		return nil
	}
	byID, err := look.Items(ctx, ids...)
	if err != nil {
		return err
	}
	var moved []*ent.Item
	for _, id := range page.Buckets {
		if row := byID[id]; row != nil {
			moved = append(moved, row)
		}
	}
	found, err := look.Buckets(ctx, moved...)
	if err != nil {
		return err
	}
	p.Buckets = r.bucketsOf(found, moved...)
	var shown []*ent.Item
	for _, id := range page.Items {
		if row := byID[id]; row != nil {
			shown = append(shown, row)
		}
	}
	items := newItems(source{tx.Client(), r.store.Dialect(), r.clock, false}, shown)
	if len(items) > 0 {
		if err := items[0].shared().siblings.loadAll(ctx); err != nil {
			return err
		}
	}
	p.Items = items
	return nil
}

// loadAll loads whatever the siblings have, while their transaction is open.
func (s *siblings) loadAll(ctx context.Context) error {
	refs, err := s.references(ctx)
	if err != nil {
		return err
	}
	if refs.siblings != nil {
		if err := refs.siblings.loadAll(ctx); err != nil {
			return err
		}
	}
	for _, load := range []func(context.Context) error{
		ask(s.levels), ask(s.people), ask(s.campaigns), ask(s.templates), ask(s.lists), ask(s.blacklists), ask(s.bodies),
	} {
		if err := load(ctx); err != nil {
			return err
		}
	}
	return nil
}

// ask calls a loader for its effect.
func ask[T any](load func(context.Context) (T, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := load(ctx)
		return err
	}
}

// RowPage is a page of an item's rows.
type RowPage struct {
	Bucket   *Bucket
	Contacts []*Contact
	Entries  []*BlacklistEntry
	Leads    []*Lead
	Removals []string
	Next     string
	More     bool
}

// BucketChanges reads a page of the changes of an item's rows, in one snapshot.
func (r *Reader) BucketChanges(ctx context.Context, bucket, after string, first int) (*RowPage, error) {
	if first < 1 || first > changes.MaxPage {
		return nil, fault.Field("first", "A page has 1 to %d rows.", changes.MaxPage)
	}
	id, err := ParseBucketID(bucket)
	if err != nil {
		return nil, err
	}
	p := &RowPage{Removals: []string{}}
	err = r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		span, err := r.changes.Rows(ctx, tx, r.store.Dialect(), id, after, first)
		if err != nil {
			return err
		}
		p.Bucket = r.bucketsOf(map[uuid.UUID]changes.Bucket{span.Item.ID: span.Bucket}, span.Item)[0]
		p.Next, p.More = span.Next, span.More
		prefix, err := r.rows(ctx, tx, p, span)
		if err != nil {
			return err
		}
		gone, err := span.Removals(ctx, tx, r.store.Dialect())
		for _, id := range gone {
			p.Removals = append(p.Removals, GlobalID(prefix, id))
		}
		return err
	})
	return p, err
}

// rows reads the rows of a page of a bucket and returns the prefix of their ids.
func (r *Reader) rows(ctx context.Context, tx *ent.Tx, p *RowPage, span *changes.Span) (string, error) {
	switch p.Bucket.Kind() {
	case Entries:
		rows, err := tx.BlacklistEntry.Query().Where(span.Within()).All(ctx)
		p.Entries = as(func(e *ent.BlacklistEntry) *BlacklistEntry { return &BlacklistEntry{e} })(rows)
		return EntryID, err
	case Leads:
		rows, err := tx.Lead.Query().Where(span.Within()).All(ctx)
		p.Leads = r.newLeads(rows)
		return LeadID, err
	default:
		rows, err := tx.Contact.Query().Where(span.Within()).All(ctx)
		p.Contacts = as(func(c *ent.Contact) *Contact { return &Contact{c} })(rows)
		return ContactID, err
	}
}
