package audit

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/store/storetest"
)

func TestChecks(t *testing.T) {
	t.Parallel()
	c := NewChecks(storetest.Open(t, "sqlite3"))
	one, other := uuid.New(), uuid.New()
	c.turn <- struct{}{} // somebody else's is under way
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() {
		_, err := c.Check(ctx, one)
		waiting <- err
	}()
	runs := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.running[one]
	}
	for !runs() {
		runtime.Gosched()
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := c.Check(gone, one); !errors.Is(err, ErrBusy) {
		t.Errorf("a second check of an account: %v", err)
	}
	if _, err := c.Check(gone, other); !errors.Is(err, context.Canceled) {
		t.Errorf("a check that nobody waits for: %v", err)
	}
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("a check that is given up: %v", err)
	}
	<-c.turn
	if _, err := c.Check(t.Context(), one); err == nil || errors.Is(err, ErrBusy) {
		t.Errorf("an account that is not there, afterwards: %v", err)
	}
	if !c.begin(one) || !c.begin(other) {
		t.Error("an account is still being checked")
	}
}
