package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
)

type resolveCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Key      string            `arg:"" help:"Which, as partage-sync conflicts prints it: the key, its first characters (4 or more), or the word all."`
	Set      map[string]string `help:"Correct what was refused before it is sent once more, such as --set name=Spring." placeholder:"COLUMN=VALUE"`
	Decision string            `arg:"" enum:"mine,theirs,both" help:"mine: send what you wrote once more; theirs: leave what is there; both: keep the two. Another one takes its place until it is carried out."`
}

// all is the key that stands for every line.
const all = "all"

// shortestKey is how many characters of a key are taken for one.
const shortestKey = 4

// Run writes a decision down.
func (c *resolveCommand) Run(s *session) error {
	if len(c.Key) < shortestKey && c.Key != all {
		return usageError(fmt.Sprintf("%q is too short for a key: write 4 characters of it or more, or the word all", c.Key))
	}
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	found, err := c.find(s, editor)
	if err != nil {
		return err
	}
	for _, a := range found {
		if err := c.decide(s, editor, a); err != nil {
			return err
		}
	}
	if mirror.InUse(editor.Folder()) {
		fmt.Fprintln(s.out, "The partage-sync that is running carries it out.")
	} else {
		fmt.Fprintln(s.out, "It is carried out with the next partage-sync sync.")
	}
	return nil
}

// find returns what the decision is about: one line, or all of them.
func (c *resolveCommand) find(s *session, editor *mirror.Editor) ([]mirror.Attention, error) {
	found, err := editor.Attention(s.ctx)
	if err != nil {
		return nil, err
	}
	if c.Key != all {
		found = slices.DeleteFunc(found, func(a mirror.Attention) bool { return !strings.HasPrefix(a.Key, c.Key) })
	}
	switch {
	case len(found) == 0 && c.Key == all:
		return nil, usageError("nothing needs your eye")
	case len(found) == 0:
		return nil, usageError(fmt.Sprintf("there is nothing that begins with %q; partage-sync conflicts lists what there is", c.Key))
	case len(found) > 1 && c.Key != all:
		return nil, usageError(fmt.Sprintf("several begin with %q; write more of it", c.Key))
	case len(c.Set) > 0 && (len(found) > 1 || found[0].What != "refused" || found[0].Op == "delete"):
		return nil, usageError("--set corrects one addition or change that was refused; name it by its key")
	}
	return found, nil
}

func (c *resolveCommand) decide(s *session, editor *mirror.Editor, a mirror.Attention) error {
	var err error
	if len(c.Set) > 0 {
		values := map[string]any{}
		for column, value := range c.Set {
			values[column] = value
		}
		err = editor.Correct(s.ctx, a.Key, values)
	}
	if err == nil {
		err = editor.Decide(s.ctx, a.Key, mirror.Resolution(c.Decision))
	}
	if errors.Is(err, mirror.ErrGone) {
		return fmt.Errorf("%s does not need your eye any more", a.Key)
	}
	return err
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
