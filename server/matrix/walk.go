package matrix

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
)

// place is how far a walk over the pairs of a draft is: person by person, and for each campaign by campaign.
type place struct {
	// Person counts those who are done with.
	Person int `json:"person"`
	// Campaign is the last one that was looked at for the next person; the zero id before the first.
	Campaign uuid.UUID `json:"campaign"`
}

func (p place) String() string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // a number and an id
	}
	return string(text)
}

func parsePlace(text string) (p place, err error) {
	if text == "" {
		return p, nil
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("reading how far a job is: %w", err)
	}
	return p, nil
}

// slice is some pairs of a draft: each of some people with each of some campaigns.
type slice struct {
	// People are nil where they are gone.
	People    []*person
	Campaigns []campaign
	// Wishes are those for the campaigns, in their order.
	Wishes []Wish
	// Missing are campaigns that the draft names and that are not there any more.
	Missing []uuid.UUID
	// Next is where the walk goes on, More whether it does.
	Next place
	More bool
}

// pairs is how many pairs it has.
func (s slice) pairs() int { return len(s.People) * (len(s.Campaigns) + len(s.Missing)) }

// slice returns the next pairs of a draft, about size of them: several people with all their campaigns where these
// are few, and some campaigns of one person where they are many.
func (l looker) slice(ctx context.Context, d Draft, from place, size int) (s slice, err error) {
	everyone := len(d.People) + len(d.Invitations)
	if from.Person >= everyone {
		return slice{Next: from}, nil
	}
	whole, err := l.campaigns(ctx, d, &s, from, size)
	if err != nil {
		return slice{}, err
	}
	n := 1 // people
	if s.Next = from; whole {
		if from.Campaign == uuid.Nil {
			n = max(1, min(size/max(1, len(s.Campaigns)+len(s.Missing)), everyone-from.Person))
		}
		s.Next = place{Person: from.Person + n}
	} else {
		s.Next.Campaign = s.Campaigns[len(s.Campaigns)-1].ID
	}
	s.More = s.Next.Person < everyone
	s.drop(d)
	ids := slices.Concat(d.People, d.Invitations)[from.Person : from.Person+n]
	split := max(0, min(n, len(d.People)-from.Person))
	s.People, err = l.people(ctx, ids[:split], ids[split:])
	return s, err
}

// campaigns reads the next campaigns of a walk, and says whether they are all that is left.
func (l looker) campaigns(ctx context.Context, d Draft, s *slice, from place, size int) (whole bool, err error) {
	named := keys(d.Changes)
	if d.All != nil {
		s.Campaigns, err = l.after(ctx, from.Campaign, size)
	} else {
		s.Campaigns, err = l.some(ctx, named)
	}
	if err != nil {
		return false, err
	}
	if from.Campaign == uuid.Nil && len(named) > 0 {
		there := s.Campaigns
		if d.All != nil {
			if there, err = l.some(ctx, named); err != nil {
				return false, err
			}
		}
		s.Missing = missing(named, there)
	}
	return d.All == nil || len(s.Campaigns) < size, nil
}

// drop leaves the campaigns that something is wished for.
func (s *slice) drop(d Draft) {
	except := set(d.Except)
	s.Campaigns = slices.DeleteFunc(s.Campaigns, func(c campaign) bool {
		w, ok := d.wish(c.ID, except)
		if ok {
			s.Wishes = append(s.Wishes, w)
		}
		return !ok
	})
}

func missing(named []uuid.UUID, there []campaign) []uuid.UUID {
	gone := set(named)
	for _, c := range there {
		delete(gone, c.ID)
	}
	return slices.SortedFunc(maps.Keys(gone), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
}
