package syncclient

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// Copies says what becomes of a person's local copies when they sign out.
type Copies int

const (
	// KeepCopies leaves them. What was not sent is sent once the person has signed in again.
	KeepCopies Copies = iota
	// EraseCopies erases them, and does nothing where that would take away what the person wrote: a *UnsentError says how
	// much that is.
	EraseCopies
	// DiscardCopies erases them with all that was never sent.
	DiscardCopies
)

// Unsent is what a person wrote on this computer and no server has.
type Unsent struct {
	// Edits are to be sent.
	Edits int `json:"edits"`
	// Undecided are those that the server did not take, or not whole, and of which the person has not decided.
	Undecided int `json:"undecided"`
}

// String words it, such as "2 edits not sent yet".
func (u Unsent) String() string {
	edits := func(n int) string {
		if n == 1 {
			return "1 edit"
		}
		return fmt.Sprintf("%d edits", n)
	}
	switch {
	case u.Undecided == 0:
		return edits(u.Edits) + " not sent yet"
	case u.Edits == 0:
		return edits(u.Undecided) + " left for you to decide on"
	}
	return fmt.Sprintf("%s not sent yet and %s left for you to decide on", edits(u.Edits), edits(u.Undecided))
}

// UnsentError says that the local copies have what the person wrote and no server has, so they stay. It is ErrUnsent where
// some of it is to be sent, and ErrUndecided where some of it waits for the person.
type UnsentError struct{ Unsent }

// Error says how much there is.
func (e *UnsentError) Error() string {
	return fmt.Sprintf("this would erase %s; nothing has been done", e.Unsent)
}

// Is says what it is.
func (e *UnsentError) Is(target error) bool {
	return target == ErrUnsent && e.Edits > 0 || target == ErrUndecided && e.Undecided > 0
}

// Unsent counts what a person wrote on this computer and no server has, in the copies of all their accounts, locked ones
// included. It needs no server. Where a file of a copy cannot be read, its error is returned, and no number: those of
// mirror.Unsent.
func (c *Client) Unsent(ctx context.Context, login *Login) (Unsent, error) {
	var all Unsent
	for _, id := range c.copies(login) {
		edits, undecided, err := mirror.Unsent(ctx, filepath.Join(c.userFolder(login), id))
		if err != nil {
			return Unsent{}, err
		}
		all.Edits += edits
		all.Undecided += undecided
	}
	return all, nil
}

// Logout ends the sessions of a person on this computer and forgets their tokens, also where the server cannot be
// reached: then its error is returned, and the sessions there run out by themselves. What becomes of the local copies is
// said by copies. Where they are to be erased, nothing is done while a process has one open (mirror.ErrInUse, unless it was
// opened just now), where they have what was never sent (*UnsentError), or where that cannot be found out; DiscardCopies
// does not ask for the last two.
func (c *Client) Logout(ctx context.Context, login *Login, copies Copies) error {
	if copies != KeepCopies {
		if err := c.erasable(ctx, login, copies); err != nil {
			return err
		}
		for _, id := range c.copies(login) {
			if err := mirror.Erase(filepath.Join(c.userFolder(login), id)); err != nil {
				return err
			}
		}
	}
	names := []string{signInName(login)}
	for _, a := range login.Accounts {
		names = append(names, accountName(login, a))
	}
	var all error
	for _, name := range names {
		token, err := c.tokens.Get(name)
		if err != nil {
			continue
		}
		err = c.server.Query(ctx, token, protocol.LogOutDocument, nil, &struct{}{})
		if protocol.CodeOf(err) == protocol.Unauthenticated {
			err = nil
		}
		all = errors.Join(all, err, c.tokens.Delete(name))
	}
	if len(c.copies(login)) == 0 {
		all = errors.Join(all, os.RemoveAll(c.userFolder(login)))
		_ = os.Remove(filepath.Dir(c.userFolder(login))) // where nobody else has signed in to that server
	}
	return all
}

// erasable returns why the copies of a person are not erased.
func (c *Client) erasable(ctx context.Context, login *Login, copies Copies) error {
	for _, id := range c.copies(login) {
		if mirror.InUse(filepath.Join(c.userFolder(login), id)) {
			return mirror.ErrInUse
		}
	}
	if copies == DiscardCopies {
		return nil
	}
	unsent, err := c.Unsent(ctx, login)
	if err != nil {
		return fmt.Errorf("%w; nothing has been done", err)
	}
	if unsent != (Unsent{}) {
		return &UnsentError{unsent}
	}
	return nil
}
