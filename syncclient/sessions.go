package syncclient

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/credentials"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// Names of tokens: the session that signs a person in, and the one of each account opened here.
func signInName(l *Login) string { return l.Server + " " + l.User }

func accountName(l *Login, a Account) string { return l.Server + " " + l.User + " " + a.ID }

// token returns a token; ErrSignedOut where there is none.
func (c *Client) token(name string) (string, error) {
	token, err := c.tokens.Get(name)
	if errors.Is(err, credentials.ErrNone) {
		return "", ErrSignedOut
	}
	return token, err
}

// session returns the token of an account, and the account as the session knows it, with a new session where there is none.
func (c *Client) session(ctx context.Context, login *Login, account Account) (string, Account, error) {
	if known, ok := login.Account(account.ID); ok && account.Collaborator == "" {
		account = known
	}
	token, err := c.token(accountName(login, account))
	if errors.Is(err, ErrSignedOut) || err == nil && account.Collaborator == "" {
		return c.openAccount(ctx, login, account)
	}
	return token, account, err
}

// openAccount begins a session for an account and keeps its token.
func (c *Client) openAccount(ctx context.Context, login *Login, account Account) (string, Account, error) {
	signIn, err := c.token(signInName(login))
	if err != nil {
		return "", account, err
	}
	var said struct {
		OpenAccount protocol.SignIn `json:"openAccount"`
	}
	input := map[string]any{"account": protocol.Global(protocol.KindAccount, account.ID), "device": c.device}
	err = c.server.Query(ctx, signIn, protocol.OpenAccountDocument, map[string]any{"input": input}, &said)
	if protocol.CodeOf(err) == protocol.NotFound {
		return "", account, ErrNoAccount
	}
	if err != nil {
		return "", account, signedOutOf(err)
	}
	if err := check(&said.OpenAccount); err != nil {
		return "", account, err
	}
	v, err := c.viewer(ctx, said.OpenAccount.Token)
	if err != nil {
		return "", account, err
	}
	if v.Account == nil || v.Collaborator == nil || v.Account.ID != protocol.Global(protocol.KindAccount, account.ID) {
		return "", account, fmt.Errorf("the server has opened another account")
	}
	if account.Collaborator, err = v.Collaborator.ID.Of(protocol.KindPerson); err != nil {
		return "", account, err
	}
	account.Name, account.Role = v.Account.Name, string(v.Collaborator.Role)
	if err := c.tokens.Set(accountName(login, account), said.OpenAccount.Token); err != nil {
		return "", account, err
	}
	if i := slices.IndexFunc(login.Accounts, func(a Account) bool { return a.ID == account.ID }); i >= 0 {
		login.Accounts[i] = account
	} else {
		login.Accounts = append(login.Accounts, account)
	}
	return said.OpenAccount.Token, account, c.saveLogin(login)
}

// Renew begins a new session for an account whose session has ended, as the signed-in person, and returns both as they
// are now. ErrSignedOut where the person must sign in again; ErrNoAccount where the account is not theirs any more:
// its local copy is then gone. The account's Follower must be closed before.
func (c *Client) Renew(ctx context.Context, login *Login, account Account) (*Login, Account, error) {
	login, err := c.Accounts(ctx, login)
	if err != nil {
		return nil, account, err
	}
	account, still := login.Account(account.ID)
	if !still {
		return login, account, ErrNoAccount
	}
	_, account, err = c.openAccount(ctx, login, account)
	return login, account, err
}

// viewer asks who is signed in with a token.
func (c *Client) viewer(ctx context.Context, token string) (*protocol.Viewer, error) {
	var said struct {
		Viewer *protocol.Viewer `json:"viewer"`
	}
	if err := c.server.Query(ctx, token, protocol.ViewerDocument, nil, &said); err != nil {
		return nil, err
	}
	if said.Viewer == nil {
		return nil, errors.New("the server does not say who is signed in")
	}
	return said.Viewer, nil
}

// loginOf turns the server's answer into a login, with what is known from before.
func (c *Client) loginOf(v *protocol.Viewer) (*Login, error) {
	user, err := v.User.ID.Of(protocol.KindUser)
	if err != nil {
		return nil, err
	}
	login := &Login{Server: c.server.Address(), User: user, Email: v.User.Email}
	known, err := c.Logins()
	if err != nil {
		return nil, err
	}
	for _, a := range v.Accounts {
		id, err := a.Account.ID.Of(protocol.KindAccount)
		if err != nil {
			return nil, err
		}
		account := Account{ID: id, Name: a.Account.Name, Role: string(a.Role)}
		for _, k := range known {
			if before, ok := k.Account(id); ok && k.User == user {
				account.Collaborator = before.Collaborator
			}
		}
		login.Accounts = append(login.Accounts, account)
	}
	return login, nil
}

// keep writes a login down and lets go of local copies of accounts that are not the person's any more: the server
// has said so to the person themselves.
func (c *Client) keep(login *Login) error {
	for _, id := range c.copies(login) {
		if _, still := login.Account(id); still {
			continue
		}
		err := mirror.Erase(filepath.Join(c.userFolder(login), id))
		if err != nil && !errors.Is(err, mirror.ErrInUse) {
			return err
		}
		if err := c.tokens.Delete(accountName(login, Account{ID: id})); err != nil {
			return err
		}
	}
	return c.saveLogin(login)
}

// copies returns the accounts, as plain UUIDs, of which a person has local copies here.
func (c *Client) copies(login *Login) []string {
	entries, err := os.ReadDir(c.userFolder(login))
	if err != nil {
		return nil
	}
	var all []string
	for _, e := range entries {
		if uuid.Validate(e.Name()) == nil && e.IsDir() {
			all = append(all, e.Name())
		}
	}
	return all
}

// check turns the user errors of a sign-in into one error.
func check(s *protocol.SignIn) error {
	if len(s.Errors) > 0 {
		return errors.New(s.Errors[0].Message)
	}
	if s.Token == "" {
		return errors.New("the server gave no session")
	}
	return nil
}

func signedOutOf(err error) error {
	if protocol.CodeOf(err) == protocol.Unauthenticated {
		return ErrSignedOut
	}
	return err
}
