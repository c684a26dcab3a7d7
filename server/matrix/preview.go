package matrix

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/jobs"
)

// MostPreviewed is how many pairs a preview looks at.
const MostPreviewed = 1_000_000

// mostSampled is how many campaigns a preview names.
const mostSampled = 20

// Preview is what a draft would change, as things are now.
type Preview struct {
	// Total is how many pairs it is about, and Counted how many of them were looked at for the counts.
	Total, Counted int64
	Tally
	// Sample are some of the campaigns that would change.
	Sample []uuid.UUID
}

// Tally counts what becomes of pairs.
type Tally struct {
	// Added and Removed are of access, Joined and Left of rotations.
	Added, Removed, Joined, Left int64
	// Unchanged are as wished already. Kept would lose access and cannot.
	Unchanged, Kept int64
}

func (t *Tally) count(v verdict, changed bool) {
	for _, c := range []struct {
		yes bool
		n   *int64
	}{{v.Added, &t.Added}, {v.Removed, &t.Removed}, {v.Joined, &t.Joined}, {v.Left, &t.Left}, {v.Kept, &t.Kept}, {!changed && !v.Kept, &t.Unchanged}} {
		if c.yes {
			*c.n++
		}
	}
}

// Preview says what a draft would change. Faults are those of Set. It looks at up to MostPreviewed pairs.
func (m *Matrix) Preview(ctx context.Context, d Draft) (Preview, error) {
	v, err := owner(ctx)
	if err != nil {
		return Preview{}, err
	}
	d = d.distinct()
	if err := d.check(); err != nil {
		return Preview{}, err
	}
	l := looker{m.store.Client(), m.store.Dialect(), v.Account}
	whom, err := l.named(ctx, d)
	if err != nil {
		return Preview{}, err
	}
	if err := d.removable(whom); err != nil {
		return Preview{}, err
	}
	var p Preview
	if p.Total, err = l.total(ctx, d); err != nil {
		return Preview{}, err
	}
	sampled := make(map[uuid.UUID]bool)
	for at, more := (place{}), true; more && p.Counted < MostPreviewed; {
		s, err := l.slice(ctx, d, at, m.size)
		if err != nil {
			return Preview{}, err
		}
		changes, err := l.decide(ctx, s, jobs.Job{})
		if err != nil {
			return Preview{}, err
		}
		for _, c := range changes {
			changed := c.after != c.before
			p.count(c.verdict, changed)
			if changed && len(p.Sample) < mostSampled && !sampled[c.campaign.ID] {
				sampled[c.campaign.ID] = true
				p.Sample = append(p.Sample, c.campaign.ID)
			}
		}
		p.Counted += int64(len(changes))
		at, more = s.Next, s.More
	}
	return p, nil
}
