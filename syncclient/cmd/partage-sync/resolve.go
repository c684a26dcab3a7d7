package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/control"
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

// errNotListed is a usageError: what was named is not there, or not any more.
type errNotListed struct{ usageError }

func (e errNotListed) Unwrap() error { return e.usageError }

// errGone is a key of what was there a moment ago.
type errGone string

func (e errGone) Error() string { return string(e) + " does not need your eye any more" }

func (e errGone) Is(target error) bool { return target == mirror.ErrGone }

// Run writes a decision down.
func (c *resolveCommand) Run(s *session) error {
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	d := control.Decision{Key: c.Key, Decision: c.Decision, Set: anyOf(c.Set)}
	if _, err := decide(s.ctx, editor, d); err != nil {
		return err
	}
	if mirror.InUse(editor.Folder()) {
		fmt.Fprintln(s.out, "The partage-sync that is running carries it out.")
	} else {
		fmt.Fprintln(s.out, "It is carried out with the next partage-sync sync.")
	}
	return nil
}

// decide writes a decision down, and returns how many lines of conflicts it is about.
func decide(ctx context.Context, editor *mirror.Editor, d control.Decision) (int, error) {
	if len(d.Key) < shortestKey && d.Key != all {
		return 0, usageError(fmt.Sprintf("%q is too short for a key: write 4 characters of it or more, or the word all", d.Key))
	}
	found, err := undecided(ctx, editor, d)
	if err != nil {
		return 0, err
	}
	for _, a := range found {
		var err error
		if len(d.Set) > 0 {
			err = editor.Correct(ctx, a.Key, d.Set)
		}
		if err == nil {
			err = editor.Decide(ctx, a.Key, mirror.Resolution(d.Decision))
		}
		if errors.Is(err, mirror.ErrGone) {
			return 0, errGone(a.Key)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(found), nil
}

// undecided returns what the decision is about: one line, or all of them.
func undecided(ctx context.Context, editor *mirror.Editor, d control.Decision) ([]mirror.Attention, error) {
	found, err := editor.Attention(ctx)
	if err != nil {
		return nil, err
	}
	if d.Key != all {
		found = slices.DeleteFunc(found, func(a mirror.Attention) bool { return !strings.HasPrefix(a.Key, d.Key) })
	}
	switch {
	case len(found) == 0 && d.Key == all:
		return nil, errNotListed{"nothing needs your eye"}
	case len(found) == 0:
		return nil, errNotListed{usageError(fmt.Sprintf("there is nothing that begins with %q; partage-sync conflicts lists what there is", d.Key))}
	case len(found) > 1 && d.Key != all:
		return nil, usageError(fmt.Sprintf("several begin with %q; write more of it", d.Key))
	case len(d.Set) > 0 && (len(found) > 1 || found[0].What != "refused" || found[0].Op == "delete"):
		return nil, usageError("set corrects one addition or change that was refused; name it by its key")
	}
	return found, nil
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
