package addressbook

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Book holds the commands on the rows of contact lists and blacklists. It is safe for concurrent use.
type Book struct{ feed *feed.Feed }

// New returns the commands over a feed.
func New(f *feed.Feed) *Book { return &Book{f} }

// write runs fn in a transaction on the account of the viewer in the context.
func (b *Book) write(ctx context.Context, fn func(context.Context, *feed.Tx) error) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	return b.feed.Write(ctx, v.Account, fn)
}

// open returns an item of the kind whose rows the viewer in the context may change, locked, so that its
// rows are those of the last commit and stay so until the transaction ends. The nouns are what a fault calls
// the thing asked for, which may be one of the rows.
func open(ctx context.Context, tx *feed.Tx, kind item.Kind, id uuid.UUID, noun string) (*ent.Item, error) {
	err := sharing.Lock(ctx, tx, id)
	var it *ent.Item
	if err == nil {
		it, err = sharing.Editable(ctx, tx.Tx, id)
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return nil, fault.Missing(noun)
	case err != nil:
		return nil, err
	case it.Kind != kind:
		return nil, fault.Missing(noun)
	}
	return it, nil
}
