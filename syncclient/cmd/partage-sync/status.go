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

// report is the status of one local copy, as --json prints it. Its names are a contract with other programs.
type statusReport struct {
	Server     string       `json:"server"`
	Email      string       `json:"email"`
	Account    string       `json:"account"`
	AccountID  string       `json:"accountId"`
	Folder     string       `json:"folder"`
	State      string       `json:"state"` // empty, filling, behind, current, locked
	Running    bool         `json:"running"`
	Control    string       `json:"control"` // where a partage-sync run listens, unless --control says otherwise
	ContactAt  *time.Time   `json:"contactAt"`
	UpToDateAt *time.Time   `json:"upToDateAt"`
	People     int          `json:"collaborators"`
	Campaigns  int          `json:"campaigns"`
	Templates  int          `json:"templates"`
	Lists      []listReport `json:"contactLists"`
	Blacklists []listReport `json:"blacklists"`
	Leads      []listReport `json:"leads"`     // campaigns that have some
	Edits      int          `json:"edits"`     // to be sent
	Attention  int          `json:"attention"` // that need a person's eye
	Bytes      int64        `json:"bytes"`
}

type listReport struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Rows     int64  `json:"rows"`
	Complete bool   `json:"complete"`
	File     string `json:"file"`
	Edits    int    `json:"edits"` // of its rows, to be sent
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
		if err := r.print(s.out); err != nil {
			return err
		}
	}
	return nil
}

// reports looks at the copies of everybody who has logged in, or at the one account that was named.
func (c *statusCommand) reports(s *session) ([]statusReport, error) {
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
	reports := []statusReport{}
	for _, login := range people {
		for _, a := range login.Accounts {
			found, err := s.client.Status(s.ctx, &login, a)
			if errors.Is(err, mirror.ErrNone) && c.Account == "" {
				continue
			}
			if err != nil && !errors.Is(err, mirror.ErrNone) {
				return nil, err
			}
			reports = append(reports, reportOf(&login, a, found))
		}
	}
	return reports, nil
}

func reportOf(login *syncclient.Login, a syncclient.Account, s mirror.Status) statusReport {
	r := statusReport{
		Server: login.Server, Email: login.Email, Account: a.Name, AccountID: a.ID, Folder: s.Folder,
		Running: mirror.InUse(s.Folder), Control: control.Path(s.Folder), ContactAt: moment(s.ContactAt), UpToDateAt: moment(s.UpToDateAt),
		People: s.Collaborators, Campaigns: s.Campaigns, Templates: s.Templates,
		Lists: listsOf(s.Lists), Blacklists: listsOf(s.Blacklists), Leads: listsOf(s.Leads), Edits: s.Edits, Attention: s.Attention, Bytes: s.Bytes,
	}
	switch {
	case s.Locked:
		r.State = "locked"
		r.Lists, r.Blacklists, r.Leads = []listReport{}, []listReport{}, []listReport{} // what it holds is nobody's to see now
	case s.ContactAt == 0:
		r.State = "empty"
	case s.UpToDateAt == 0:
		r.State = "filling"
	case s.Walking || s.Behind > 0:
		r.State = "behind"
	default:
		r.State = "current"
	}
	return r
}

func listsOf(all []mirror.ListStatus) []listReport {
	reports := []listReport{}
	for _, l := range all {
		reports = append(reports, listReport(l))
	}
	return reports
}

func moment(micros int64) *time.Time {
	if micros == 0 {
		return nil
	}
	t := time.UnixMicro(micros).UTC()
	return &t
}

func (r statusReport) print(w io.Writer) error {
	fmt.Fprintf(w, "%s (%s, %s)\n", r.Account, r.Email, r.Server)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	state := r.State
	if r.Running {
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
		all  []listReport
	}{{"row", r.Lists}, {"row", r.Blacklists}, {"lead", r.Leads}} {
		for _, l := range of.all {
			fmt.Fprintf(t, "    %s\t%s\t%s\n", l.Name, l.rows(of.what), l.File)
		}
	}
	return t.Flush()
}

// rows says how many there are on the server, and what is not there yet or not here yet.
func (l listReport) rows(what string) string {
	text := count(int(l.Rows), what)
	if l.Edits > 0 {
		text += fmt.Sprintf(" and %s to be sent", count(l.Edits, "edit"))
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
