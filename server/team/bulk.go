package team

import (
	"context"
	"errors"
	"strings"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

// Outcome is what happens to a line of a file of people.
type Outcome string

// The outcomes.
const (
	// Invited: they are invited.
	Invited Outcome = "invited"
	// AlreadyIn: they are in the account, active or deactivated; nothing changes.
	AlreadyIn Outcome = "already_in"
	// AlreadyInvited: they have an invitation; nothing changes.
	AlreadyInvited Outcome = "already_invited"
	// Refused: the line cannot be used.
	Refused Outcome = "refused"
)

// InviteLine is a line of a file of people, and what happens to it.
type InviteLine struct {
	// Line is its number in the file, from 1.
	Line int
	// Email is the address as written.
	Email   string
	Outcome Outcome
	// Why it is refused, to be said to people (fault.Say); nil otherwise.
	Why error

	guest guest
}

// errDry ends a transaction that only tries what would happen.
var errDry = errors.New("team: tried only")

// InviteAll invites the people of a CSV file (see csvfile), at most MostPeople, and returns what happens to each line.
// Nobody who is in the account or has an invitation is changed by it, nor anybody who is not in the file. A
// dry run is the same transaction, rolled back. The faults are of the file as a whole, on the field csv.
func (t *Team) InviteAll(ctx context.Context, file string, dry bool) (lines []InviteLine, err error) {
	err = t.owning(ctx, func(ctx context.Context, d *deed) error {
		if _, err := d.hold(ctx); err != nil {
			return err
		}
		if lines, err = readPeople(file); err != nil {
			return err
		}
		if err := t.inviteLines(ctx, d, lines); err != nil {
			return err
		}
		if dry {
			return errDry
		}
		return nil
	})
	switch {
	case errors.Is(err, errDry):
		return lines, nil
	case err != nil:
		return nil, err
	}
	t.mailing.Wake()
	return lines, nil
}

// inviteLines invites those of the lines that can be, and writes into the others what is in the way.
func (t *Team) inviteLines(ctx context.Context, d *deed, lines []InviteLine) error {
	keys := make([]string, 0, len(lines))
	for _, l := range lines {
		if l.Outcome == Invited {
			keys = append(keys, l.guest.email.Key)
		}
	}
	known, err := d.known(ctx, keys...)
	if err != nil {
		return err
	}
	var guests []guest
	for i := range lines {
		if lines[i].Outcome != Invited {
			continue
		}
		switch known[lines[i].guest.email.Key] {
		case inside, shutOut:
			lines[i].Outcome = AlreadyIn
		case invited:
			lines[i].Outcome = AlreadyInvited
		default:
			guests = append(guests, lines[i].guest)
		}
	}
	if len(guests) == 0 {
		return nil
	}
	_, err = t.send(ctx, d, guests)
	return err
}

// readPeople reads a file of people. Lines that cannot be used are Refused, the others Invited as far as the file
// can tell.
func readPeople(file string) ([]InviteLine, error) {
	f, err := csvfile.Open(strings.NewReader(file), "csv")
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(f.Header)
	if err != nil {
		return nil, err
	}
	lines := []InviteLine{}
	first := make(map[string]int) // line of an address
	for row, err := range f.Rows() {
		switch {
		case err != nil:
			return nil, err
		case len(lines) == MostPeople:
			return nil, fault.Field("csv", "A file can have %d people; invite the rest, from line %d on, with another one.", MostPeople, row.Line)
		case row.Problem != nil:
			lines = append(lines, InviteLine{Line: row.Line, Outcome: Refused, Why: row.Problem})
			continue
		}
		l := columns.read(row)
		if before, twice := first[l.guest.email.Key]; l.Outcome == Invited && twice {
			l.Outcome = Refused
			l.Why = fault.New(fault.Invalid, "The address is in line %d already.", before)
		} else if l.Outcome == Invited {
			first[l.guest.email.Key] = l.Line
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		return nil, fault.Field("csv", "No people follow the line with the names of the columns.")
	}
	return lines, nil
}

// columns says which column of a file is what; -1 for none.
type columns struct{ email, first, last, role, send, export int }

func columnsOf(header []string) (columns, error) {
	c := columns{-1, -1, -1, -1, -1, -1}
	for i, name := range header {
		to := map[string]*int{"email": &c.email, "first_name": &c.first, "last_name": &c.last}[csvfile.Person(name)]
		switch csvfile.Words(name) {
		case "role", "access level", "niveau", "niveau d acces":
			to = &c.role
		case "can send", "may send", "send", "sending", "peut envoyer", "envoyer", "envoi":
			to = &c.send
		case "can export", "may export", "export", "peut exporter", "exporter":
			to = &c.export
		}
		if to != nil && *to < 0 {
			*to = i
		}
	}
	if missing := c.missing(); missing != "" {
		return c, fault.Field("csv", "No column is named %s. The first line names the columns: Email, First name, Last name, and where wanted Role, Can send, Can export.", fault.Word(missing))
	}
	return c, nil
}

func (c columns) missing() string {
	switch {
	case c.email < 0:
		return "Email"
	case c.first < 0:
		return "First name"
	case c.last < 0:
		return "Last name"
	}
	return ""
}

func (c columns) read(row csvfile.Row) InviteLine {
	value := func(i int) string {
		if i < 0 || i >= len(row.Values) {
			return ""
		}
		return row.Values[i]
	}
	l := InviteLine{Line: row.Line, Email: strings.TrimSpace(value(c.email)), Outcome: Invited}
	who := Invitee{FirstName: value(c.first), LastName: value(c.last), Email: value(c.email)}
	var errs [4]error
	who.Role, errs[0] = roleOf(value(c.role))
	who.CanSend, errs[1] = truth("Can send", value(c.send))
	who.CanExport, errs[2] = truth("Can export", value(c.export))
	l.guest, errs[3] = checkInvitee(who)
	if err := errors.Join(errs[3], errs[0], errs[1], errs[2]); err != nil {
		l.Outcome, l.Why = Refused, err
	}
	return l
}

func roleOf(word string) (collaborator.Role, error) {
	switch csvfile.Words(word) {
	case "", "member", "membre":
		return collaborator.RoleMember, nil
	case "manager", "gestionnaire":
		return collaborator.RoleManager, nil
	case "owner", "proprietaire":
		return collaborator.RoleOwner, nil
	}
	return "", fault.New(fault.Invalid, "The role is owner, manager or member.")
}

func truth(column, word string) (bool, error) {
	switch csvfile.Words(word) {
	case "", "no", "n", "non", "false", "faux", "0":
		return false, nil
	case "yes", "y", "oui", "o", "true", "vrai", "1", "x":
		return true, nil
	}
	return false, fault.New(fault.Invalid, "The column %s takes yes or no.", fault.Word(column))
}
