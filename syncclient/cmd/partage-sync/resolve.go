package main

import (
	"fmt"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type resolveCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Key      string            `arg:"" help:"Which, as partage-sync conflicts prints it: the key, its first characters (4 or more), or the word all."`
	Set      map[string]string `help:"Correct what was refused before it is sent once more, such as --set name=Spring." placeholder:"COLUMN=VALUE"`
	Decision string            `arg:"" enum:"mine,theirs,both" help:"mine: send what you wrote once more; theirs: leave what is there; both: keep the two. Another one takes its place until it is carried out."`
}

// Run writes a decision down.
func (c *resolveCommand) Run(s *session) error {
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	d := control.Decision{Key: c.Key, Decision: c.Decision, Set: anyOf(c.Set)}
	if _, err := control.Resolve(s.ctx, editor, d); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Decided; %s.\n", s.carriedOut(editor.Folder(), "carries it out", "the next partage-sync sync carries it out"))
	return nil
}

// anyOf returns the columns of --set as those that a program sends.
func anyOf(set map[string]string) map[string]any {
	values := map[string]any{}
	for column, value := range set {
		values[column] = value
	}
	return values
}

// editor returns the way to edit the local copy of an account.
func (s *session) editor(account string) (*mirror.Editor, error) {
	login, err := s.login()
	if err != nil {
		return nil, err
	}
	a, err := s.account(login, account)
	if err != nil {
		return nil, err
	}
	return s.client.Editor(login, a), nil
}
