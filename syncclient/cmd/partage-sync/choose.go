package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
)

// login returns whose copies the command is about: the one who has logged in, or the one named.
func (s *session) login() (*syncclient.Login, error) {
	all, err := s.client.Logins()
	if err != nil {
		return nil, err
	}
	var found []syncclient.Login
	for _, l := range all {
		if s.opt.Email == "" || strings.EqualFold(l.Email, s.opt.Email) {
			found = append(found, l)
		}
	}
	switch {
	case len(found) == 1:
		return &found[0], nil
	case len(found) > 1:
		return nil, usageError("several people have logged in on this computer; say who with --email")
	case s.opt.Email != "":
		return nil, fmt.Errorf("%s is not signed in to %s: %w", s.opt.Email, s.client.Server(), syncclient.ErrSignedOut)
	}
	return nil, fmt.Errorf("nobody is signed in to %s; use partage-sync login: %w", s.client.Server(), syncclient.ErrSignedOut)
}

// account returns the account named, or the only one; with several it asks where there is someone to ask.
func (s *session) account(login *syncclient.Login, named string) (syncclient.Account, error) {
	if named != "" {
		account, ok := login.Account(named)
		if !ok {
			return account, usageError(fmt.Sprintf("there is no account %q for %s, or several; partage-sync accounts lists them", named, login.Email))
		}
		return account, nil
	}
	switch len(login.Accounts) {
	case 0:
		return syncclient.Account{}, fmt.Errorf("%s belongs to no account yet", login.Email)
	case 1:
		return login.Accounts[0], nil
	}
	if !term.IsTerminal(int(s.in.Fd())) {
		return syncclient.Account{}, usageError("you may open several accounts; say which with --account")
	}
	for i, a := range login.Accounts {
		fmt.Fprintf(s.notes, "%3d  %s (%s)\n", i+1, a.Name, a.Role)
	}
	fmt.Fprint(s.notes, "Which account? ")
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil {
		return syncclient.Account{}, usageError("no account was chosen")
	}
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 1 || n > len(login.Accounts) {
		return syncclient.Account{}, usageError(fmt.Sprintf("%q is none of the numbers", strings.TrimSpace(line)))
	}
	return login.Accounts[n-1], nil
}
