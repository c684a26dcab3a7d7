package feed

import (
	"context"
	"errors"

	"github.com/google/uuid"
)

// Commands own their transactions. Some writes are more than one command, or a command and a note that it was done,
// and must happen as a whole: whoever has opened a transaction has commands join it.

// joinKey is under which a context carries the transaction that commands join.
type joinKey struct{}

// errOtherAccount says that a command was to join a transaction on another account.
var errOtherAccount = errors.New("feed: a command joined a transaction on another account")

// Joining returns a context in which Feed.Write runs inside tx instead of opening a transaction. ctx is the context
// that tx came with. The transaction is for one goroutine, and so are the commands that join it; one that fails has
// not undone what it wrote, so its error must end the transaction.
func Joining(ctx context.Context, tx *Tx) context.Context {
	return context.WithValue(ctx, joinKey{}, tx)
}

func joined(ctx context.Context) *Tx {
	tx, _ := ctx.Value(joinKey{}).(*Tx)
	return tx
}

func (t *Tx) join(ctx context.Context, account uuid.UUID, fn func(ctx context.Context, tx *Tx) error) error {
	if account != t.Account {
		return errOtherAccount
	}
	return fn(ctx, t)
}
