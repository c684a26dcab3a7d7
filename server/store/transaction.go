package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
)

var errNested = errors.New("store: a transaction inside a transaction; pass the outer one on")

// transactionKey is under which a context says whose transaction it is in.
type transactionKey struct{ s *Store }

func (s *Store) in(ctx context.Context) bool {
	return ctx.Value(transactionKey{s}) != nil
}

func (s *Store) within(ctx context.Context) context.Context {
	return context.WithValue(ctx, transactionKey{s}, true)
}

// Write runs f in one transaction and commits it, or rolls it back where f returns an error or panics.
// The context passed to f may change rows and belongs to the transaction: use it, and tx, for everything
// inside.
//
// Where the database asks for another try (it is locked by another process, a deadlock, a conflict of
// concurrent transactions), all of f runs again after a short random wait, so f changes nothing but the
// database and starts from fresh values. After ten tries the error is fault.Unavailable. Other errors of
// f come back as they are. A Write inside a Write or Snapshot of the same store is refused.
//
// When Write returns an error of the commit itself, such as a connection that broke, the transaction may
// still have taken effect; commands that are repeated after an error carry a key that says so.
func (s *Store) Write(ctx context.Context, f func(ctx context.Context, tx *ent.Tx) error) error {
	if s.in(ctx) {
		return errNested
	}
	return retry(ctx, func() error {
		done, err := s.queue(ctx)
		if err != nil {
			return err
		}
		defer done()
		tx, err := s.client.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		return finish(tx, tx.Commit, func() error {
			return f(viewer.Writing(s.within(ctx)), tx)
		})
	})
}

// queue waits until it is the caller's turn to write, where there is one writer. A channel lets those
// who wait through in the order they came; database/sql picks one at random, and the unlucky wait long.
func (s *Store) queue(ctx context.Context) (done func(), err error) {
	if s.turn == nil {
		return func() {}, nil
	}
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Snapshot runs f in a transaction that only reads: all its queries see the database as it was at the
// first of them. It holds one of few connections, so f neither waits for others nor sends what it reads
// over a network. Errors of f come back as they are; f runs once. A Snapshot inside a Write or Snapshot
// of the same store is refused.
func (s *Store) Snapshot(ctx context.Context, f func(ctx context.Context, tx *ent.Tx) error) error {
	if s.in(ctx) {
		return errNested
	}
	tx, err := s.snapshots.BeginTx(ctx, s.snapshot)
	if err != nil {
		return err
	}
	return finish(tx, tx.Rollback, func() error { return f(s.within(ctx), tx) })
}

// finish runs f and then end, or rolls the transaction back where f fails or panics.
func finish(tx *ent.Tx, end func() error, f func() error) error {
	ended := false
	defer func() {
		if !ended {
			_ = tx.Rollback() // f panics, and the panic goes on
		}
	}()
	err := f()
	ended = true
	if err != nil {
		if rerr := tx.Rollback(); rerr != nil && !errors.Is(rerr, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("store: rolling back: %w", rerr))
		}
		return explain(err)
	}
	if err := end(); err != nil {
		return fmt.Errorf("store: ending a transaction: %w", explain(err))
	}
	return nil
}
