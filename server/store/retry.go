package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/server/fault"
)

// tries is how often a transaction runs before it is given up: a second of waiting on average, beside
// what SQLite itself waits for a lock.
const tries = 10

// retry runs f until it succeeds, fails for good, or has been tried often enough.
func retry(ctx context.Context, f func() error) error {
	for try := 1; ; try++ {
		err := f()
		if err == nil || !asksForRetry(err) {
			return err
		}
		if try == tries {
			busy := fault.New(fault.Unavailable, "The server is too busy to store this now. Try again in a moment.")
			busy.RetryAfter = time.Second
			return fmt.Errorf("%w (store: gave up after %d tries: %w)", busy, try, err)
		}
		select {
		case <-time.After(backoff(try)):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// backoff returns how long to wait after a try, counted from 1: anything up to 8 ms, doubled each time, at
// most 500 ms. All of the wait is random, so that those who met do not meet again.
func backoff(try int) time.Duration {
	return rand.N(min(4*time.Millisecond<<try, 500*time.Millisecond))
}

// asksForRetry reports whether the database says that the same transaction may succeed when it is run
// again: it was rolled back for the sake of another, or did not get a lock.
func asksForRetry(err error) bool {
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "40001" || e.Code == "40P01" // serialization failure, deadlock
	}
	return false
}

// explain turns an error of a database that does not answer or has no room into a fault, and leaves others
// as they are.
func explain(err error) error {
	if err == nil || fault.As(err) != nil {
		return err
	}
	if full(err) {
		return fmt.Errorf("%w (store: %w)", fault.New(fault.Unavailable, "The server's disk is full. Nothing was stored."), err)
	}
	if !unreachable(err) {
		return err
	}
	f := fault.New(fault.Unavailable, "The database does not answer. Try again in a moment.")
	f.RetryAfter = time.Second
	return fmt.Errorf("%w (store: %w)", f, err)
}

// full reports whether the database has no room left on its disk.
func full(err error) bool {
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return e.Code == sqlite3.ErrFull
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == "53100"
}

func unreachable(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false // the driver breaks the connection itself then
	}
	// A connection that breaks in the middle of a query; SQLite has none.
	if _, ok := errors.AsType[*net.OpError](err); ok || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	switch e.Code {
	case "57P01", "57P02", "57P03", "53300": // shutting down, crashed, starting up, too many connections
		return true
	}
	return false
}
