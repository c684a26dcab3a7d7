package feed

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/audit"
)

// Several is a writing transaction on accounts that turn out in it.
type Several struct {
	*ent.Tx
	// Dialect is the database's.
	Dialect string

	in map[uuid.UUID]*Tx
}

// In returns the transaction as one on an account, to record what it changes there. Asked twice, it answers alike.
func (s *Several) In(account uuid.UUID) *Tx {
	tx, ok := s.in[account]
	if !ok {
		tx = newTx(s.Tx, s.Dialect, account)
		s.in[account] = tx
	}
	return tx
}

// WriteSeveral is Write on several accounts, all or none: for what belongs to a person and shows in every account of
// theirs. The accounts are numbered in the order of their ids, the first when fn has returned, and stay locked to the
// commit; so fn writes, and thereby locks, every row that it records. It joins no other transaction.
func (f *Feed) WriteSeveral(ctx context.Context, fn func(ctx context.Context, s *Several) error) error {
	if joined(ctx) != nil {
		return errOtherAccount
	}
	var numbers map[uuid.UUID]int64
	err := f.store.Write(ctx, func(ctx context.Context, etx *ent.Tx) error {
		numbers = make(map[uuid.UUID]int64)
		s := &Several{etx, f.store.Dialect(), make(map[uuid.UUID]*Tx)}
		if err := fn(ctx, s); err != nil {
			return err
		}
		for _, account := range sorted(s.in) {
			tx := s.in[account]
			if !tx.empty() {
				seq, err := tx.number(ctx)
				if err != nil {
					return fmt.Errorf("numbering a change of account %s: %w", account, err)
				}
				numbers[account] = seq
			}
			if err := audit.Append(ctx, etx, tx.Dialect, account, tx.notes...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for account, seq := range numbers {
		f.broker.Wake(account, seq)
		f.due(account, seq)
	}
	return nil
}
