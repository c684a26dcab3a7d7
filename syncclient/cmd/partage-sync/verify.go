package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

type verifyCommand struct {
	Account string `help:"Name or id of the account; needed where there are several." placeholder:"ACCOUNT"`
	Repair  bool   `help:"Make what differs like the server's, in place; only what differs is fetched."`
	JSON    bool   `help:"Print JSON." name:"json"`
	Quiet   bool   `help:"Say nothing but errors and the result." short:"q"`
}

// errDiffers says that the local copy is not what the server has.
type errDiffers struct {
	things   int
	repaired bool // as far as it was possible
}

func (e errDiffers) Error() string {
	if e.repaired {
		return fmt.Sprintf("%s still not like on the server; try again, or tell who runs it", things(e.things))
	}
	return fmt.Sprintf("%s not like on the server; partage-sync verify --repair fetches what differs", things(e.things))
}

func things(n int) string {
	return counted(n, "thing is", "things are")
}

// verifyReport is one line of what verify found, as --json prints it.
type verifyReport struct {
	Kind     string `json:"kind"`
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Here     string `json:"here"`
	There    string `json:"there"`
	Rows     int64  `json:"rows"`
	Parts    int    `json:"differingParts"`
	Same     bool   `json:"same"`
	Repaired bool   `json:"repaired"`
	Error    string `json:"error,omitempty"`

	onServer int64
}

// Run compares the local copy with the server.
func (c *verifyCommand) Run(s *session) error {
	var found []syncclient.Compared
	err := s.follow(c.Account, c.Quiet, func(f *syncclient.Follower) (err error) {
		found, err = f.Verify(s.ctx, c.Repair)
		return err
	})
	if err != nil {
		return err
	}
	reports, wrong := verifyReports(found)
	if c.JSON {
		err = printJSON(s.out, reports)
	} else {
		err = printVerified(s.out, reports)
	}
	if err == nil && wrong > 0 {
		return errDiffers{wrong, c.Repair}
	}
	return err
}

// verifyReports words what was found, and counts what differs still.
func verifyReports(found []syncclient.Compared) (reports []verifyReport, wrong int) {
	reports = []verifyReport{}
	for _, c := range found {
		r := verifyReport{
			Kind: c.Kind, ID: c.ID, Name: c.Name, Here: c.Here.String(), There: c.There.String(), Rows: c.Here.Count,
			Parts: c.Parts, Same: c.Same(), Repaired: c.Repaired, onServer: c.There.Count,
		}
		if c.Err != nil {
			r.Error = control.Sentence(c.Err)
		}
		if !r.Same && !r.Repaired {
			wrong++
		}
		reports = append(reports, r)
	}
	return reports, wrong
}

func printVerified(w io.Writer, reports []verifyReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "WHAT\tNAME\tHERE\tON THE SERVER\tRESULT")
	for _, r := range reports {
		what := r.Kind
		if r.Kind == "buckets" {
			what = "how rows stand"
		}
		result := "the same"
		switch {
		case r.Error != "":
			result = "not compared: " + r.Error
		case r.Repaired:
			result = "differed, repaired"
		case !r.Same && r.Parts > 0:
			result = fmt.Sprintf("DIFFERS in %d of 256 parts", r.Parts)
		case !r.Same:
			result = "DIFFERS"
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\n", what, printable(r.Name), r.Rows, r.onServer, result)
	}
	return t.Flush()
}
