package main

import (
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type logoutCommand struct {
	Erase         bool `help:"Erase the local copies too, unless they have edits that were never sent, or a file that cannot be read."`
	DiscardUnsent bool `help:"With --erase: erase them all the same."`
}

// Run ends the sessions of this computer.
func (c *logoutCommand) Run(s *session) error {
	login, err := s.login()
	if err != nil {
		return err
	}
	copies := syncclient.KeepCopies
	switch {
	case c.DiscardUnsent && !c.Erase:
		return usageError("--discard-unsent goes with --erase")
	case c.DiscardUnsent:
		copies = syncclient.DiscardCopies
	case c.Erase:
		copies = syncclient.EraseCopies
	}
	err = s.client.Logout(s.ctx, login, copies)
	var unsent *syncclient.UnsentError
	switch {
	case errors.As(err, &unsent):
		return fmt.Errorf("%w. partage-sync sync sends edits and partage-sync conflicts has what is to be decided; --discard-unsent erases it all", err)
	case errors.Is(err, mirror.ErrFileDamaged):
		return fmt.Errorf("%w. partage-sync sync saves what can be read; --discard-unsent erases it all", err)
	case errors.Is(err, syncclient.ErrInUse):
		return fmt.Errorf("%w; stop it first", err)
	case err == nil:
		fmt.Fprintf(s.out, "Signed out %s.\n", login.Email)
	}
	if copies != syncclient.KeepCopies {
		return err
	}
	left, unread := s.client.Unsent(s.ctx, login)
	if left != (syncclient.Unsent{}) {
		fmt.Fprintf(s.out, "Not on the server, and kept on this computer until you sign in again: %s.\n", left)
	}
	return errors.Join(err, unread)
}
