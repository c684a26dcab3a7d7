package control

import (
	"context"
	"errors"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// Copy answers about the local copy of one account.
type Copy struct {
	Client  *syncclient.Client
	Login   *syncclient.Login
	Account syncclient.Account
}

// Status says how the copy stands, also where there is none yet.
func (c Copy) Status(ctx context.Context) (Status, error) {
	found, err := c.Client.Status(ctx, c.Login, c.Account)
	if err != nil && !errors.Is(err, mirror.ErrNone) {
		return Status{}, err
	}
	return StatusOf(c.Login, c.Account, found), nil
}

// Conflicts returns what needs a person's eye.
func (c Copy) Conflicts(ctx context.Context) ([]Conflict, error) {
	found, err := c.editor().Attention(ctx)
	if err != nil {
		return nil, err
	}
	return ConflictsOf(found), nil
}

// Resolve decides as the function Resolve does.
func (c Copy) Resolve(ctx context.Context, d Decision) (int, error) {
	return Resolve(ctx, c.editor(), d)
}

func (c Copy) editor() *mirror.Editor { return c.Client.Editor(c.Login, c.Account) }
