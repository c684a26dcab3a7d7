package syncclient

import (
	"context"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// Compared is one thing of a mirror held against the server: a kind of what the workspace has, or the rows of a list,
// a blacklist or a campaign.
type Compared struct {
	// Kind is account, people, campaigns, templates, lists, blacklists or buckets (how the rows of each list stand) of
	// the workspace, and contacts, entries or leads of rows.
	Kind string
	// ID and Name are those of the item whose rows they are; empty of the workspace.
	ID, Name string
	// Here and There are what it adds up to in the mirror, row by row, and on the server.
	Here, There protocol.Digest
	// Parts is how many of its 256 parts differ; 0 of the workspace.
	Parts int
	// Repaired: it differed, and is now like the server's.
	Repaired bool
	// Err is why it could not be compared, or not be repaired.
	Err error
}

// Same reports whether it was found like on the server.
func (c Compared) Same() bool { return c.Err == nil && c.Here == c.There }

// tries is how often something that changes while it is compared is looked at.
const tries = 5

// Verify brings the mirror up to date and holds everything in it against the server: the workspace by kind, and every
// row of every list, read from the files. With repair, what differs is made like the server's, in place, and compared
// again. The errors are those of Sync; what goes wrong with one list is told with it.
func (f *Follower) Verify(ctx context.Context, repair bool) ([]Compared, error) {
	all, err := f.verifyWorkspace(ctx)
	if err != nil {
		return nil, err
	}
	if repair && differ(all) {
		f.tell(Diverged{})
		if err := f.mirror.StartWalk(ctx); err != nil {
			return nil, err
		}
		again, err := f.verifyWorkspace(ctx)
		if err != nil {
			return nil, err
		}
		for i := range all {
			all[i].Repaired = !all[i].Same() && i < len(again) && again[i].Same()
		}
	}
	if repair || !differ(all) {
		if err := f.mirror.Verified(ctx); err != nil {
			return nil, err
		}
	}
	buckets, err := f.mirror.Buckets(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range buckets {
		c, err := f.verifyRows(ctx, b, repair)
		if err != nil {
			return nil, err
		}
		if c != nil {
			all = append(all, *c)
		}
	}
	return all, nil
}

func differ(all []Compared) bool {
	for _, c := range all {
		if !c.Same() {
			return true
		}
	}
	return false
}

// verifyWorkspace compares the workspace at a moment at which the mirror is up to date.
func (f *Follower) verifyWorkspace(ctx context.Context) ([]Compared, error) {
	for range tries {
		if err := f.Sync(ctx); err != nil {
			return nil, err
		}
		compared, err := f.compareWorkspace(ctx)
		if err != nil || compared != nil {
			return compared, signedOutOf(err)
		}
	}
	return nil, fmt.Errorf("the workspace keeps changing; try again when it is calmer")
}

// verifyRows compares the rows of a bucket, nil where it has gone.
func (f *Follower) verifyRows(ctx context.Context, b mirror.Bucket, repair bool) (*Compared, error) {
	c, theirs, err := f.compareRows(ctx, b)
	if c == nil || err != nil || !repair || c.Parts == 0 {
		return c, err
	}
	mine, err := f.mirror.Count(ctx, b)
	if err != nil {
		return nil, err
	}
	rows, err := f.fetchParts(ctx, b, theirs, mine.Parts.Differing(&theirs.Parts))
	f.tell(Diverged{Item: b.ID, Name: b.Name, Parts: c.Parts, Rows: rows, Err: err})
	if err != nil {
		c.Err = err
		return c, nil
	}
	if err := f.Sync(ctx); err != nil {
		return nil, err
	}
	again, _, err := f.compareRows(ctx, b)
	if again != nil {
		c.Repaired = again.Same()
	}
	return c, err
}

// compareRows compares a bucket's rows, in the file, with the server's, in the same state of both.
func (f *Follower) compareRows(ctx context.Context, b mirror.Bucket) (*Compared, *protocol.BucketDigest, error) {
	c := &Compared{Kind: string(b.Kind), ID: b.ID, Name: b.Name}
	for range tries {
		mine, err := f.mirror.Count(ctx, b)
		var theirs *protocol.BucketDigest
		if err == nil {
			theirs, err = f.server.BucketDigest(ctx, f.token, b.Global())
		}
		switch code := protocol.CodeOf(err); {
		case err == nil && mine.State == theirs.State:
			c.Here, c.There, c.Parts = mine.Parts.Total(), theirs.Parts.Total(), len(mine.Parts.Differing(&theirs.Parts))
			return c, theirs, nil
		case ctx.Err() != nil, code == protocol.Unauthenticated:
			return nil, nil, signedOutOf(err)
		case err != nil && code != protocol.NotFound && !errors.Is(err, mirror.ErrGone) && !errors.Is(err, mirror.ErrStale):
			c.Err = err
			return c, nil, nil
		}
		if err := f.Sync(ctx); err != nil {
			return nil, nil, err
		}
		there, err := f.mirror.Has(ctx, b)
		if err != nil || !there {
			return nil, nil, err
		}
	}
	c.Err = fmt.Errorf("it keeps changing; try again when it is calmer")
	return c, nil, nil
}
