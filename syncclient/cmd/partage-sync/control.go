package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type controlCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Control  string            `help:"Where the partage-sync run listens, if it was told where." placeholder:"PATH" type:"path"`
	Request  string            `arg:"" enum:"status,sync,pause,resume,conflicts,resolve,watch,stop" help:"status, sync (now), pause, resume, conflicts, resolve, watch (print events until interrupted) or stop."`
	Key      string            `arg:"" optional:"" help:"With resolve: which, as for partage-sync resolve."`
	Decision string            `arg:"" optional:"" help:"With resolve: mine, theirs or both."`
	Set      map[string]string `help:"With resolve: correct what was refused." placeholder:"COLUMN=VALUE"`
}

// Run asks the running program and prints what comes back, a line of JSON each.
func (c *controlCommand) Run(s *session) error {
	path := c.Control
	if path == "" {
		editor, err := s.editor(c.Account)
		if err != nil {
			return err
		}
		path = control.Path(editor.Folder())
	}
	r := control.Request{Do: c.Request, Key: c.Key, Decision: c.Decision}
	if len(c.Set) > 0 {
		r.Set = anyOf(c.Set)
	}
	return control.Ask(s.ctx, path, r, func(line []byte) error {
		_, err := fmt.Fprintf(s.out, "%s\n", line)
		return err
	})
}

// Status returns what partage-sync status --json prints of the account.
func (c copyOf) Status(ctx context.Context) (any, error) {
	found, err := c.s.client.Status(ctx, c.login, c.account)
	if err != nil && !errors.Is(err, mirror.ErrNone) {
		return nil, err
	}
	return reportOf(c.login, c.account, found), nil
}

// Conflicts returns what partage-sync conflicts --json prints.
func (c copyOf) Conflicts(ctx context.Context) (any, error) {
	found, err := c.s.client.Editor(c.login, c.account).Attention(ctx)
	if err != nil {
		return nil, err
	}
	return conflictsOf(found), nil
}

// Resolve decides as partage-sync resolve does.
func (c copyOf) Resolve(ctx context.Context, d control.Decision) (int, error) {
	n, err := decide(ctx, c.s.client.Editor(c.login, c.account), d)
	var usage usageError
	var missing errNotListed
	switch {
	case errors.As(err, &missing):
		return 0, &control.Error{Code: control.NotFound, Message: control.Sentence(err)}
	case errors.As(err, &usage):
		return 0, &control.Error{Code: control.BadRequest, Message: control.Sentence(err)}
	}
	return n, err
}
