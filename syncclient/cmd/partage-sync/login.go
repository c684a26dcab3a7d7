package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
)

type loginCommand struct {
	PasswordStdin bool `help:"Read the password from standard input."`
}

// Run signs a person in.
func (c *loginCommand) Run(s *session) error {
	email := s.opt.Email
	if email == "" {
		if c.PasswordStdin || !term.IsTerminal(int(s.in.Fd())) {
			return usageError("say who signs in with --email")
		}
		fmt.Fprint(s.notes, "Email: ")
		line, err := bufio.NewReader(s.in).ReadString('\n')
		if err != nil {
			return usageError("no address was given")
		}
		email = strings.TrimSpace(line)
	}
	password, err := c.password(s.in, s.notes)
	if err != nil {
		return err
	}
	login, err := s.client.Login(s.ctx, email, password)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Signed in to %s as %s.\n", s.client.Server(), login.Email)
	return list(s.out, login)
}

// password reads one line from standard input, or asks for it without showing it.
func (c *loginCommand) password(in, notes *os.File) (string, error) {
	if c.PasswordStdin {
		line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	if !term.IsTerminal(int(in.Fd())) {
		return "", usageError("there is no terminal to ask for the password; use --password-stdin")
	}
	fmt.Fprint(notes, "Password: ")
	password, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(notes)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return string(password), nil
}

type accountsCommand struct {
	JSON bool `help:"Print JSON." name:"json"`
}

// Run asks the server which accounts the person may open.
func (c *accountsCommand) Run(s *session) error {
	login, err := s.login()
	if err != nil {
		return err
	}
	if login, err = s.client.Accounts(s.ctx, login); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, login.Accounts)
	}
	return list(s.out, login)
}

func list(w io.Writer, login *syncclient.Login) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ACCOUNT\tROLE\tID")
	for _, a := range login.Accounts {
		fmt.Fprintf(t, "%s\t%s\t%s\n", printable(a.Name), a.Role, a.ID)
	}
	return t.Flush()
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
