package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type controlCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Control  string            `help:"Where the partage-sync run listens, if it was told where." placeholder:"PATH" type:"path"`
	Request  string            `arg:"" enum:"status,sync,pause,resume,conflicts,resolve,lists,keep,drop,rows,watch,stop,relay" help:"status, sync (now), pause, resume, conflicts, resolve, lists, keep, drop, rows, watch (print events until interrupted), stop, or relay (requests from standard input, a line each; what comes back goes to standard output)."`
	Key      string            `arg:"" optional:"" help:"With resolve: which, as for partage-sync resolve. With keep, drop and rows: name or id of the list, blacklist or campaign."`
	Decision string            `arg:"" optional:"" help:"With resolve: mine, theirs or both."`
	Set      map[string]string `help:"With resolve: correct what was refused." placeholder:"COLUMN=VALUE"`
}

// Run asks the running program and prints what comes back, a line of JSON each.
func (c *controlCommand) Run(s *session) error {
	if err := c.fits(); err != nil {
		return err
	}
	if c.Control != "" {
		return c.ask(s, c.Control)
	}
	editor, err := s.editor(c.Account)
	if err != nil {
		return err
	}
	err = c.ask(s, control.Path(editor.Folder()))
	if errors.Is(err, control.ErrNotRunning) && mirror.InUse(editor.Folder()) {
		return fmt.Errorf("%w. Some program keeps the local copy, but does not listen there", err)
	}
	return err
}

// fits refuses arguments that the request does not take, rather than do less than was typed.
func (c *controlCommand) fits() error {
	takesKey := slices.Contains([]string{"resolve", "keep", "drop", "rows"}, c.Request)
	if takesDecision := c.Request == "resolve"; c.Key != "" && !takesKey || !takesDecision && (c.Decision != "" || len(c.Set) > 0) {
		return usageError(fmt.Sprintf("%s takes no such arguments", c.Request))
	}
	return nil
}

// ask asks the one that listens at path.
func (c *controlCommand) ask(s *session, path string) error {
	if c.Request == "relay" {
		return control.Relay(s.ctx, path, s.in, s.out)
	}
	r := control.Request{Do: c.Request}
	switch c.Request {
	case "resolve":
		r.With = control.Decision{Key: c.Key, Decision: c.Decision, Set: anyOf(c.Set)}
	case "keep", "drop", "rows":
		item, err := c.item(s, path)
		if err != nil {
			return err
		}
		r.With = control.Which{Item: item}
	}
	return control.Ask(s.ctx, path, r, func(line []byte) error {
		_, err := fmt.Fprintf(s.out, "%s\n", line)
		return err
	})
}

// item returns the id of the list that the key names, of those that the running program knows.
func (c *controlCommand) item(s *session, path string) (string, error) {
	if uuid.Validate(c.Key) == nil {
		return c.Key, nil
	}
	var said struct {
		Lists []syncclient.List `json:"lists"`
	}
	err := control.Ask(s.ctx, path, control.Request{Do: "lists"}, func(line []byte) error { return json.Unmarshal(line, &said) })
	if err != nil {
		return "", err
	}
	l, err := pick(said.Lists, c.Key)
	return l.ID, err
}
