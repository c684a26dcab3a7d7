package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
)

// errNobody says that nobody has signed in here, or not the one named. It is syncclient.ErrSignedOut to who asks.
type errNobody string

func (e errNobody) Error() string { return string(e) }

func (e errNobody) Is(target error) bool { return target == syncclient.ErrSignedOut }

// people returns those who have signed in to the server on this computer, at least one, or the one named.
func (s *session) people() ([]syncclient.Login, error) {
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
	case len(found) > 0:
		return found, nil
	case s.opt.Email != "":
		return nil, errNobody(fmt.Sprintf("there is no login of %s to %s on this computer; partage-sync login makes one", s.opt.Email, s.client.Server()))
	}
	return nil, errNobody(fmt.Sprintf("nobody has signed in to %s on this computer; partage-sync login does", s.client.Server()))
}

// login returns whose copies the command is about: the one who has signed in, or the one named.
func (s *session) login() (*syncclient.Login, error) {
	found, err := s.people()
	if err != nil {
		return nil, err
	}
	if len(found) > 1 {
		return nil, usageError("several people have signed in on this computer; say who with --email")
	}
	return &found[0], nil
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
		return syncclient.Account{}, fmt.Errorf("there is no account yet that %s belongs to", login.Email)
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
