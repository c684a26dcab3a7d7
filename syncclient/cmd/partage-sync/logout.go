package main

import (
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient"
)

type logoutCommand struct {
	Erase         bool `help:"Erase the local copies too, unless they have edits that were never sent."`
	DiscardUnsent bool `help:"With --erase: erase those edits, too."`
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
	case errors.Is(err, syncclient.ErrInUse):
		return fmt.Errorf("%w; stop it first", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(s.out, "Signed out %s.\n", login.Email)
	if copies != syncclient.KeepCopies {
		return nil
	}
	left, err := s.client.Unsent(s.ctx, login)
	if err == nil && left != (syncclient.Unsent{}) {
		fmt.Fprintf(s.out, "Not on the server, and kept on this computer until you sign in again: %s.\n", left)
	}
	return err
}
