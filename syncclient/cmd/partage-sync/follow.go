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

// follow opens an account by its name or id and works on its copy.
func (s *session) follow(named string, quiet bool, work func(*syncclient.Follower) error) error {
	login, account, err := s.whose(named)
	if err != nil {
		return err
	}
	return s.followAccount(login, account, quiet, nil, work)
}

// followAccount is follow of a known account; also gets the events too, where it is given.
func (s *session) followAccount(
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
	err := s.client.Follow(s.ctx, login, account, notify, func(f *syncclient.Follower) error {
		show.line("%s, %s: %s", account.Name, s.client.Server(), f.Folder())
		return work(f)
	})
	return noLonger(account, s.inUse(editor.Folder(), err))
}

// signedIn asks something about an account by its name or id. Where the account's session has ended, it begins another, once.
func (s *session) signedIn(named string, do func(*syncclient.Login, syncclient.Account) error) error {
	login, account, err := s.whose(named)
	if err != nil {
		return err
	}
	if err := do(login, account); !errors.Is(err, syncclient.ErrSignedOut) || s.ctx.Err() != nil {
		return err
	}
	login, renewed, err := s.client.Renew(s.ctx, login, account)
	if err != nil {
		return noLonger(account, err)
	}
	return do(login, renewed)
}

// whose returns an account by its name or id, and whose it is.
func (s *session) whose(named string) (*syncclient.Login, syncclient.Account, error) {
	login, err := s.login()
	if err != nil {
		return nil, syncclient.Account{}, err
	}
	account, err := s.account(login, named)
	return login, account, err
}

// noLonger says which account somebody does not belong to any more.
func noLonger(account syncclient.Account, err error) error {
	if errors.Is(err, syncclient.ErrNoAccount) {
		return fmt.Errorf("you do not belong to %s any more; its local copy has been erased: %w", account.Name, err)
	}
	return err
}
