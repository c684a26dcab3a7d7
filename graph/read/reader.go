// Package read is what people read: items, rows and people as the API shows them.
//
// Every query runs through the ORM, which narrows it by the viewer in the context, so nothing here
// filters by rights. What a page's items need beyond their own rows is loaded for all of them at once.
package read

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Reader answers reads. It is safe for concurrent use.
type Reader struct {
	store   *store.Store
	sealer  *seal.Sealer
	changes *changes.Changes
	checks  *audit.Checks
	clock   clock
}

// clock says what time it is: what ends at a moment, and who is away until one, is read by it.
type clock func() instant.Instant

// person returns a row as the API shows it.
func (c clock) person(row *ent.Collaborator) *Collaborator { return &Collaborator{row, c} }

// New returns a reader over the store whose cursors are sealed by s. now is the clock by which the store is written; nil
// means time.Now.
func New(st *store.Store, s *seal.Sealer, now func() time.Time) *Reader {
	if now == nil {
		now = time.Now
	}
	return &Reader{st, s, changes.New(s), audit.NewChecks(st), func() instant.Instant { return instant.Of(now()) }}
}

// Streams returns what the reader reads changes with. It remembers what it has read, so whoever else serves the same
// streams takes this one.
func (r *Reader) Streams() *changes.Changes { return r.changes }

func (r *Reader) source() source { return source{r.store.Client(), r.store.Dialect(), r.clock, false} }

// Item returns an item of any kind by its uuid, or the NotFound fault.
func (r *Reader) Item(ctx context.Context, id uuid.UUID) (Item, error) {
	return r.item(ctx, id, r.source())
}

func (r *Reader) item(ctx context.Context, id uuid.UUID, from source) (Item, error) {
	row, err := from.Item.Get(from.see(ctx), id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("item")
	}
	if err != nil {
		return nil, err
	}
	return newItems(from, []*ent.Item{row})[0], nil
}

// ItemAs returns an item that is known to be of the kind T, or the NotFound fault.
func ItemAs[T Item](ctx context.Context, r *Reader, id uuid.UUID) (T, error) {
	var none T
	it, err := r.Item(ctx, id)
	if err != nil {
		return none, err
	}
	as, ok := it.(T)
	if !ok {
		return none, fault.Missing("item")
	}
	return as, nil
}

// Contact returns a contact by its uuid, or the NotFound fault.
func (r *Reader) Contact(ctx context.Context, id uuid.UUID) (*Contact, error) {
	row, err := r.store.Client().Contact.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("contact")
	}
	return &Contact{row}, err
}

// Entry returns a blacklist entry by its uuid, or the NotFound fault.
func (r *Reader) Entry(ctx context.Context, id uuid.UUID) (*BlacklistEntry, error) {
	row, err := r.store.Client().BlacklistEntry.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("entry")
	}
	return &BlacklistEntry{row}, err
}

// DeletedItem returns an item that the viewer has just deleted, as it lies in the bin.
func (r *Reader) DeletedItem(ctx context.Context, id uuid.UUID) (Item, error) {
	return r.item(ctx, id, r.bin())
}

// bin is where deleted items are read.
func (r *Reader) bin() source { return source{r.store.Client(), r.store.Dialect(), r.clock, true} }

// Me returns the signed-in person.
func (r *Reader) Me(ctx context.Context) (*User, error) {
	row, err := r.store.Client().User.Query().Only(ctx)
	return &User{row}, err
}

// Here returns the account that is open and the viewer in it, nil and nil where none is.
func (r *Reader) Here(ctx context.Context) (*Account, *Collaborator, error) {
	v, err := sharing.From(ctx)
	if fault.Is(err, fault.Denied) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	account, err := r.store.Client().Account.Get(ctx, v.Account)
	if err != nil {
		return nil, nil, err
	}
	me, err := r.store.Client().Collaborator.Get(ctx, v.Collaborator)
	return &Account{account}, r.clock.person(me), err
}
