package main

import (
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient"
)

type syncCommand struct {
	Account string `help:"Name or id of the account; needed where there are several." placeholder:"ACCOUNT"`
	Quiet   bool   `help:"Say nothing but errors." short:"q"`
}

// Run brings the local copy up to date once.
func (c *syncCommand) Run(s *session) error {
	return s.follow(c.Account, c.Quiet, func(f *syncclient.Follower) error { return f.Sync(s.ctx) })
}

// follow opens an account and works on its copy. Where only the account's session has ended, it begins another, once.
func (s *session) follow(named string, quiet bool, work func(*syncclient.Follower) error) error {
	return s.signedIn(named, func(login *syncclient.Login, account syncclient.Account) error {
		return s.work(login, account, quiet, nil, work)
	})
}

// followAccount is follow of a known account; also gets the events too, where it is given.
func (s *session) followAccount(
	login *syncclient.Login, account syncclient.Account, quiet bool, also func(syncclient.Event), work func(*syncclient.Follower) error,
) error {
	return s.renewing(login, account, func(login *syncclient.Login, account syncclient.Account) error {
		return s.work(login, account, quiet, also, work)
	})
}

// signedIn does something with an account by its name or id. Where only the account's session has ended, it begins another, once.
func (s *session) signedIn(named string, do func(*syncclient.Login, syncclient.Account) error) error {
	login, err := s.login()
	if err != nil {
		return err
	}
	account, err := s.account(login, named)
	if err != nil {
		return err
	}
	return s.renewing(login, account, do)
}

func (s *session) renewing(login *syncclient.Login, account syncclient.Account, do func(*syncclient.Login, syncclient.Account) error) error {
	err := do(login, account)
	if !errors.Is(err, syncclient.ErrSignedOut) || s.ctx.Err() != nil {
		return err
	}
	login, renewed, renewErr := s.client.Renew(s.ctx, login, account)
	if errors.Is(renewErr, syncclient.ErrNoAccount) {
		return fmt.Errorf("you do not belong to %s any more; its local copy has been erased: %w", account.Name, renewErr)
	}
	if renewErr != nil {
		return renewErr
	}
	return do(login, renewed)
}

func (s *session) work(
	login *syncclient.Login, account syncclient.Account, quiet bool, also func(syncclient.Event), work func(*syncclient.Follower) error,
) error {
	editor := s.client.Editor(login, account)
	show := newDisplay(s.notes, quiet, func() int {
		n, err := editor.Undecided(s.ctx)
		if err != nil {
			return 0 // partage-sync conflicts says what is wrong
		}
		return n
	})
	defer show.close()
	notify := show.event
	if also != nil {
		notify = func(e syncclient.Event) {
			show.event(e)
			also(e)
		}
	}
	f, err := s.client.Open(s.ctx, login, account, notify)
	if err != nil {
		return err
	}
	show.line("%s, %s: %s", account.Name, s.client.Server(), f.Folder())
	return errors.Join(work(f), f.Close())
}
