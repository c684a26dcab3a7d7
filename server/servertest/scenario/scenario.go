// Package scenario sets the stage for tests that speak to a whole server: accounts, people and items written
// as a few lines of text, played over the server's own API.
//
//	owner anna                                an account begins with its owner
//	manager bruno                             then come more people …
//	member chloe
//	list customers by anna                    … and items: list, blacklist, template, campaign
//	list investors by bruno restricted        not for everyone; or archived, or deleted
//	blacklist unwanted by anna
//	campaign spring by anna to customers investors respecting unwanted
//	access chloe view investors               a level of their own: view, edit or none
//	lead ada of spring for chloe              who answered a campaign; without "for" it waits
//	account there                             what follows is in another account
//	owner zoe
//	member annas-other-hat with the login of anna
//
//	then anna restricts investors             changes, by a person who may: restricts, opens, gives … view,
//	then anna gives chloe none investors      clears, archives, unarchives, deletes, restores, renames … to,
//	then anna shows members own leads         or all leads
//	then bruno becomes member                 points … at …; and by an owner: becomes,
//	then chloe is deactivated                 is deactivated, is active, is removed, is back
//	then an hour passes                       for invitations, which are sent again after a while
//	then the work is done                     when every job has ended
//
// Every list has one contact and every blacklist one entry, so that it shows who sees rows. Names are of one
// word and unique in a world; the display names of items are unlikely to be found anywhere else.
package scenario

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/servertest"
)

// Password is everybody's.
const Password = "open sesame, please"

// World is what a text has set up on a server.
type World struct {
	// People and Items are all there are, in the order of the text.
	People []*Person
	Items  []*Item

	tb     testing.TB
	server *servertest.Server
	tag    string // tells worlds on one server apart
	here   *Account
}

// Account is one account of a world.
type Account struct {
	Name string
	// ID is the API's id.
	ID string

	id uuid.UUID
}

// Person is one collaborator of an account.
type Person struct {
	Name    string
	Account *Account
	// ID is the API's id of the collaborator, Email what they sign in with.
	ID, Email string
	// Out is whether they are deactivated.
	Out bool

	id    uuid.UUID
	role  collaborator.Role
	token string
}

// Item is one item of an account.
type Item struct {
	Name    string
	Account *Account
	Creator *Person
	// Kind is campaign, template, list or blacklist; or lead, which is no item.
	Kind string
	// ID is the API's id, Title the item's name there.
	ID, Title string
	// Row is the id of the contact or entry in it, RowText its address; empty where it has none.
	Row, RowText string
	// Lists and Blacklists are what a campaign points at.
	Lists, Blacklists []*Item
	// Archived is whether it is put aside.
	Archived bool
}

// New returns a world without anyone.
func New(tb testing.TB, s *servertest.Server) *World {
	id := uuid.NewString()
	return &World{tb: tb, server: s, tag: id[len(id)-8:]}
}

// Set does the lines of a text. Empty ones and what follows a # mean nothing.
func (w *World) Set(text string) {
	w.tb.Helper()
	for line := range strings.Lines(text) {
		if words := Words(line); len(words) > 0 {
			w.Do(words)
		}
	}
}

// Words splits a line, without what follows a #.
func Words(line string) []string {
	line, _, _ = strings.Cut(line, "#")
	return strings.Fields(line)
}

// Do does one line. The test fails where it has no sense or is refused.
func (w *World) Do(words []string) {
	w.tb.Helper()
	switch words[0] {
	case "account":
		w.take(words, 2)
		w.here = &Account{Name: words[1]}
	case "owner", "manager", "member":
		w.join(words)
	case "list", "blacklist", "template", "campaign":
		w.create(words)
	case "lead":
		w.lead(words)
	case "access":
		w.take(words, 4)
		it := w.Item(words[3])
		w.give(w.owner(it.Account), w.Person(words[1]), words[2], it)
	case "then":
		w.change(words[1:])
	default:
		w.fail(words, "does not begin with a word that is known")
	}
}

// Person returns the person of a name.
func (w *World) Person(name string) *Person {
	w.tb.Helper()
	for _, p := range w.People {
		if p.Name == name {
			return p
		}
	}
	w.tb.Fatalf("there is no person called %q", name)
	return nil
}

// Item returns the item of a name.
func (w *World) Item(name string) *Item {
	w.tb.Helper()
	for _, it := range w.Items {
		if it.Name == name {
			return it
		}
	}
	w.tb.Fatalf("there is no item called %q", name)
	return nil
}

// Has reports whether a person or an item has the name.
func (w *World) Has(name string) bool {
	for _, p := range w.People {
		if p.Name == name {
			return true
		}
	}
	for _, it := range w.Items {
		if it.Name == name {
			return true
		}
	}
	return false
}

// As returns a client that acts as a person in their account. Sessions begin when they are first needed.
func (w *World) As(p *Person) servertest.Client {
	w.tb.Helper()
	if p.token == "" {
		p.token = w.server.LogIn(w.tb, p.Email, Password, p.Account.ID)
	}
	return w.server.As(p.token)
}

// take fails where a line does not have so many words.
func (w *World) take(words []string, n int) {
	w.tb.Helper()
	if len(words) != n {
		w.fail(words, "has too few or too many words")
	}
}

func (w *World) fail(words []string, why string) {
	w.tb.Helper()
	w.tb.Fatalf("the line %q %s", strings.Join(words, " "), why)
}
