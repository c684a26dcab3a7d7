package audit

import (
	"context"
	"errors"
	"sync"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/store"
)

// ErrBusy says that the account's history is being checked already.
var ErrBusy = errors.New("audit: the history is being checked already")

// Checks runs Check for people who ask over the network: one for an account, and one of all at a time. It is
// safe for concurrent use.
type Checks struct {
	store *store.Store
	turn  chan struct{}

	mu      sync.Mutex
	running map[uuid.UUID]bool
}

// NewChecks returns checks over a store.
func NewChecks(s *store.Store) *Checks {
	return &Checks{store: s, turn: make(chan struct{}, 1), running: make(map[uuid.UUID]bool)}
}

// Check is Check, once those before it are done. While one for the account runs or waits it is ErrBusy.
func (c *Checks) Check(ctx context.Context, account uuid.UUID, noted ...Noted) (Result, error) {
	if !c.begin(account) {
		return Result{}, ErrBusy
	}
	defer c.end(account)
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return Result{}, ctx.Err()
	}
	return Check(ctx, c.store, account, noted...)
}

func (c *Checks) begin(account uuid.UUID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[account] {
		return false
	}
	c.running[account] = true
	return true
}

func (c *Checks) end(account uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.running, account)
}
