package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/server/fault"
)

func TestRetry(t *testing.T) {
	for _, err := range []error{
		sqlite3.Error{Code: sqlite3.ErrBusy},
		sqlite3.Error{Code: sqlite3.ErrLocked},
		&pgconn.PgError{Code: "40001"},
		&pgconn.PgError{Code: "40P01"},
	} {
		t.Run(fmt.Sprintf("gives up on %v after ten tries", err), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ran, started := 0, time.Now()
				got := retry(t.Context(), func() error { ran++; return fmt.Errorf("wrapped: %w", err) })
				if ran != tries {
					t.Errorf("ran %d times", ran)
				}
				if !fault.Is(got, fault.Unavailable) || fault.As(got).RetryAfter == 0 {
					t.Errorf("got %v", got)
				}
				if !errors.Is(got, err) {
					t.Errorf("the cause is lost: %v", got)
				}
				if d := time.Since(started); d > 3*time.Second {
					t.Errorf("waited %v", d)
				}
			})
		})
	}
	t.Run("passes other errors on at once", func(t *testing.T) {
		for _, err := range []error{errors.New("other"), sqlite3.Error{Code: sqlite3.ErrConstraint}, &pgconn.PgError{Code: "23505"}} {
			ran := 0
			if got := retry(t.Context(), func() error { ran++; return err }); got != err || ran != 1 {
				t.Errorf("ran %d times, got %v", ran, got)
			}
		}
	})
	t.Run("ends with the context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		err := retry(ctx, func() error { cancel(); return sqlite3.Error{Code: sqlite3.ErrBusy} })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestExplain(t *testing.T) {
	t.Run("calls a database that does not answer unavailable", func(t *testing.T) {
		_, err := pgconn.Connect(t.Context(), "postgres://nobody@127.0.0.1:1/none?sslmode=disable")
		if got := explain(err); !fault.Is(got, fault.Unavailable) || !errors.Is(got, err) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("calls a connection that breaks unavailable", func(t *testing.T) {
		for _, err := range []error{io.ErrUnexpectedEOF, &net.OpError{Op: "read", Err: syscall.ECONNRESET}} {
			if got := explain(fmt.Errorf("query: %w", err)); !fault.Is(got, fault.Unavailable) || !errors.Is(got, err) {
				t.Errorf("got %v", got)
			}
		}
	})
	t.Run("leaves other errors and faults alone", func(t *testing.T) {
		given := fmt.Errorf("%w: %w", context.Canceled, io.ErrUnexpectedEOF)
		for _, err := range []error{nil, errors.New("other"), fault.New(fault.Conflict, "taken"), given} {
			if got := explain(err); got != err {
				t.Errorf("got %v", got)
			}
		}
	})
}
