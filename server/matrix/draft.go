package matrix

import (
	"bytes"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
)

const (
	// MostPeople is how many people one draft names.
	MostPeople = 1000
	// MostCampaigns is how many campaigns one draft names one by one.
	MostCampaigns = 10_000
	// MostPairs is how many pairs of a person and a campaign one job looks at.
	MostPairs = 20_000_000
)

// Draft is what is wished for some people.
type Draft struct {
	// People are collaborators, Invitations those that are not accepted yet.
	People      []uuid.UUID `json:"people,omitempty"`
	Invitations []uuid.UUID `json:"invitations,omitempty"`
	// All is what is wished for every campaign of the account but those in Except and in Changes; nil for nothing.
	All    *Wish       `json:"all,omitempty"`
	Except []uuid.UUID `json:"except,omitempty"`
	// Changes is what is wished for single campaigns.
	Changes map[uuid.UUID]Wish `json:"changes,omitempty"`
	// Label says in short what the job is about.
	Label Label `json:"label"`
}

// Label is what a job of campaign access is about, for its title.
type Label struct {
	// Person is the name of the person; empty where there are several.
	Person string `json:"person,omitempty"`
	People int    `json:"people"`
	// Campaigns is how many are named one by one, All whether it is about every campaign.
	Campaigns int  `json:"campaigns"`
	All       bool `json:"all,omitempty"`
	// Except is how many campaigns stay as they are.
	Except int `json:"except,omitempty"`
}

// Wish is what one person is to have on one campaign; nil leaves it.
type Wish struct {
	Access     *bool `json:"access,omitempty"`
	RoundRobin *bool `json:"roundRobin,omitempty"`
}

// whole returns the wish with what it implies: round robin comes with access, and goes with it (T4).
func (w Wish) whole() Wish {
	yes, no := true, false
	if is(w.RoundRobin, true) {
		w.Access = &yes
	}
	if is(w.Access, false) {
		w.RoundRobin = &no
	}
	return w
}

func is(b *bool, value bool) bool { return b != nil && *b == value }

// removes reports whether the wish takes access away.
func (w Wish) removes() bool { return is(w.Access, false) }

func (w Wish) check() error {
	switch {
	case w.Access == nil && w.RoundRobin == nil:
		return fault.Field("changes", "Say whether the person has access, is in the rotation, or both.")
	case is(w.Access, false) && is(w.RoundRobin, true):
		return fault.Field("changes", "Round robin needs access: tick both, or neither.")
	}
	return nil
}

// distinct returns the draft with everyone named once.
func (d Draft) distinct() Draft {
	d.People, d.Invitations = distinct(d.People), distinct(d.Invitations)
	return d
}

func distinct(ids []uuid.UUID) []uuid.UUID {
	return slices.Compact(slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }))
}

func (d Draft) wishes(yield func(Wish) bool) {
	if d.All != nil && !yield(*d.All) {
		return
	}
	for _, w := range d.Changes {
		if !yield(w) {
			return
		}
	}
}

func (d Draft) check() error {
	if n := len(d.People) + len(d.Invitations); n < 1 || n > MostPeople {
		return fault.Field("collaborators", "Name 1 to %d people.", MostPeople)
	}
	if len(d.Changes) > MostCampaigns || len(d.Except) > MostCampaigns {
		return fault.Field("changes", "Name at most %d campaigns one by one.", MostCampaigns)
	}
	for w := range d.wishes {
		if err := w.check(); err != nil {
			return err
		}
	}
	return nil
}

// onlyAdds refuses a draft that takes anything away.
func (d Draft) onlyAdds() error {
	for w := range d.wishes {
		if is(w.Access, false) || is(w.RoundRobin, false) {
			return fault.Field("changes", "For several people at once access is only added; take it away for one person at a time.")
		}
	}
	return nil
}

// removable refuses to take access away from owners.
func (d Draft) removable(whom []person) error {
	for w := range d.wishes {
		for _, p := range whom {
			if w.removes() && p.Viewer.Owner() {
				return fault.Field("collaborator", "%s is an owner and has access to everything. Change the role first.", p.Name)
			}
		}
	}
	return nil
}

// wish returns what is wished for a campaign; ok is false for nothing. except holds what the draft excepts.
func (d Draft) wish(campaign uuid.UUID, except map[uuid.UUID]bool) (w Wish, ok bool) {
	if w, ok = d.Changes[campaign]; ok {
		return w.whole(), true
	}
	if d.All == nil || except[campaign] {
		return Wish{}, false
	}
	return d.All.whole(), true
}

func (d Draft) label(whom []person) Label {
	l := Label{People: len(whom), Campaigns: len(d.Changes), All: d.All != nil, Except: len(d.Except)}
	if len(whom) == 1 {
		l.Person = whom[0].Name
	}
	return l
}
