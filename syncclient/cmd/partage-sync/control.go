package main

import (
	"fmt"

	"github.com/partage-mail/partage/syncclient/control"
)

type controlCommand struct {
	Account  string            `help:"Name or id of the account, where there are several." placeholder:"ACCOUNT"`
	Control  string            `help:"Where the partage-sync run listens, if it was told where." placeholder:"PATH" type:"path"`
	Request  string            `arg:"" enum:"status,sync,pause,resume,conflicts,resolve,lists,keep,drop,rows,watch,stop,relay" help:"status, sync (now), pause, resume, conflicts, resolve, lists, keep, drop, rows, watch (print events until interrupted), stop, or relay (requests from standard input, a line each; what comes back goes to standard output)."`
	Key      string            `arg:"" optional:"" help:"With resolve: which, as for partage-sync resolve. With keep, drop and rows: the id of the list, blacklist or campaign."`
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
	if c.Request == "relay" {
		return control.Relay(s.ctx, path, s.in, s.out)
	}
	r := control.Request{Do: c.Request}
	switch c.Request {
	case "resolve":
		r.With = control.Decision{Key: c.Key, Decision: c.Decision, Set: anyOf(c.Set)}
	case "keep", "drop", "rows":
		r.With = control.Which{Item: c.Key}
	}
	return control.Ask(s.ctx, path, r, func(line []byte) error {
		_, err := fmt.Fprintf(s.out, "%s\n", line)
		return err
	})
}
