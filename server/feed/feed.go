// Package feed numbers the changes of an account.
//
// Every transaction that changes synced data goes through Feed.Write. The command inside records what
// it changed; at its end, as the last statements under the lock of the account's row, the transaction
// takes the next number of the account's counter and stamps it on what was recorded. So the order of
// numbers is the order of commits, and a reader who has seen number n never finds a smaller one later.
//
// What belongs to a person shows in every account of theirs: Feed.WriteSeveral numbers one transaction in each.
//
// Three things are written. Content positions are coalesced: an item, a person or the settings have one
// position that moves forward. Visibility events (create, delete, audience, access) are entries of an
// append-only log that keep their number and the state from before. Rows of an item (contacts, blacklist
// entries, leads) have positions in a counter of their own, and the item's rows_seq tells the account's
// feed that they moved.
//
// What a given viewer is told of all this is the business of package changes.
package feed

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/store"
)

// Feed owns the writing transactions of accounts. It is safe for concurrent use.
type Feed struct {
	store     *store.Store
	broker    *fanout.Broker
	unsettled chan uuid.UUID
}

// New returns a feed over the store that wakes the broker's listeners after each commit.
func New(s *store.Store, b *fanout.Broker) *Feed {
	return &Feed{store: s, broker: b, unsettled: make(chan uuid.UUID, 64)}
}

// Write runs fn in a transaction on the account, numbers what it recorded and commits. The transaction
// is run again as a whole where the database asks for it, so fn must have no effect outside of it. A
// transaction that records nothing takes no number.
//
// A Write in a context that has joined an open transaction (Joining) runs fn in that one, once. What it
// recorded is numbered with the rest, and on an error the caller gives up all of the transaction.
func (f *Feed) Write(ctx context.Context, account uuid.UUID, fn func(ctx context.Context, tx *Tx) error) error {
	if tx := joined(ctx); tx != nil {
		return tx.join(ctx, account, fn)
	}
	var seq int64
	err := f.store.Write(ctx, func(ctx context.Context, etx *ent.Tx) error {
		tx := newTx(etx, f.store.Dialect(), account)
		if err := fn(ctx, tx); err != nil {
			return err
		}
		seq = 0
		if !tx.empty() {
			var err error
			if seq, err = tx.number(ctx); err != nil {
				return fmt.Errorf("numbering a change of account %s: %w", account, err)
			}
		}
		return audit.Append(ctx, etx, tx.Dialect, account, tx.notes...)
	})
	if err == nil && seq > 0 {
		f.broker.Wake(account, seq)
		f.due(account, seq)
	}
	return err
}

// Saw wakes the broker's listeners where an account's change number, as somebody has just read it, is news
// here: another node has committed.
func (f *Feed) Saw(account uuid.UUID, seq int64) { f.broker.Wake(account, seq) }
