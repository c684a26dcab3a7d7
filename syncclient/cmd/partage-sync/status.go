package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

type statusCommand struct {
	Account string `help:"Name or id of one account; all with a local copy where left out." placeholder:"ACCOUNT"`
	JSON    bool   `help:"Print JSON." name:"json"`
}

// Run says what the local copies hold.
func (c *statusCommand) Run(s *session) error {
	reports, err := c.reports(s)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, reports)
	}
	if len(reports) == 0 {
		fmt.Fprintln(s.out, "There is no local copy yet; partage-sync sync or partage-sync run makes one.")
	}
	for _, r := range reports {
		paused := false
		if r.Running {
			_, paused = s.running(r.Folder)
		}
		if err := printStatus(s.out, r, paused); err != nil {
			return err
		}
	}
	return nil
}

// reports looks at the copies of everybody who has signed in, or at the one account that was named.
func (c *statusCommand) reports(s *session) ([]control.Status, error) {
	people, err := s.people()
	if err != nil {
		return nil, err
	}
	if c.Account != "" {
		login, err := s.login()
		if err != nil {
			return nil, err
		}
		one, err := s.account(login, c.Account)
		if err != nil {
			return nil, err
		}
		people = []syncclient.Login{*login}
		people[0].Accounts = []syncclient.Account{one}
	}
	reports := []control.Status{}
	for _, login := range people {
		for _, a := range login.Accounts {
			found, err := s.client.Status(s.ctx, &login, a)
			if errors.Is(err, mirror.ErrNone) && c.Account == "" {
				continue
			}
			if err != nil && !errors.Is(err, mirror.ErrNone) {
				return nil, err
			}
			reports = append(reports, control.StatusOf(&login, a, found))
		}
	}
	return reports, nil
}

// printStatus prints the status of one local copy for a person; paused: the one that keeps it does nothing.
func printStatus(w io.Writer, r control.Status, paused bool) error {
	fmt.Fprintf(w, "%s (%s, %s)\n", printable(r.Account), r.Email, r.Server)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	state := r.State
	switch {
	case paused:
		state += ", the partage-sync that is running is paused; " + goOn
	case r.Running:
		state += ", a partage-sync is running"
	}
	fmt.Fprintf(t, "  state\t%s\n  up to date at\t%s\n  server answered at\t%s\n", state, show(r.UpToDateAt), show(r.ContactAt))
	fmt.Fprintf(t, "  folder\t%s\n  size\t%.1f MB\n", r.Folder, float64(r.Bytes)/1e6)
	if r.Edits > 0 {
		fmt.Fprintf(t, "  to be sent\t%s\n", count(r.Edits, "edit"))
	}
	if r.Attention > 0 {
		fmt.Fprintf(t, "  in need of your eye\t%s (partage-sync conflicts)\n", count(r.Attention, "change"))
	}
	fmt.Fprintf(t, "  holds\t%s, %s, %s, %s, %s\n", counted(r.People, "person", "people"), count(r.Campaigns, "campaign"),
		count(r.Templates, "template"), count(len(r.Lists), "list"), count(len(r.Blacklists), "blacklist"))
	for _, of := range []struct {
		what string
		all  []mirror.ListStatus
	}{{"row", r.Lists}, {"row", r.Blacklists}, {"lead", r.Leads}} {
		for _, l := range of.all {
			fmt.Fprintf(t, "    %s\t%s\t%s\n", printable(l.Name), rowsOf(l, of.what), l.File)
		}
	}
	return t.Flush()
}

// rowsOf says how many there are on the server, and what is not there yet or not here yet.
func rowsOf(l mirror.ListStatus, what string) string {
	text := count(int(l.Rows), what)
	if l.Edits > 0 {
		text += fmt.Sprintf(" and %s to be sent", count(l.Edits, "edit"))
	}
	if !l.Kept {
		return text + "  (not kept here)"
	}
	if !l.Complete {
		text += "  (not complete)"
	}
	return text
}

func show(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04:05")
}
