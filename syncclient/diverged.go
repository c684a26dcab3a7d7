package syncclient

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// At the end of every change the rows of a list are held against the digest that the server tells. A list that differs
// stays behind until it is like the server's: the parts of it that differ are fetched again, in place.

const (
	// repairEvery is how often a list is repaired by parts at most; where it differs again before, it is walked.
	repairEvery = 24 * time.Hour
	// verifyEvery is how often the workspace is held against the server.
	verifyEvery = 24 * time.Hour
	// manyParts is from how many parts on a list is walked: each request for parts looks at all ids of it on the server.
	manyParts = 64
	// partRows is up to how many rows are fetched with one request for parts, if that is more than one part.
	partRows = 5000
)

// errAgain says that a list differs soon after it was repaired.
var errAgain = errors.New("it differs from the server again, so soon after it was repaired; it is compared from the start")

// errTheirs says that what the server keeps of a list is not what its rows come to.
var errTheirs = errors.New("the rows are the server's, but not what the server adds them up to; tell who runs it")

// claim is what the last page of a bucket's rows said they add up to.
type claim struct{ state, digest string }

// repair replaces the parts of a bucket that differ from the server's.
func (f *Follower) repair(ctx context.Context, b mirror.Bucket, said claim) trigger {
	f.fill.cancel()
	f.fill.of(b.ID).diverged = nil
	theirs, err := f.server.BucketDigest(ctx, f.token, b.Global())
	if err != nil {
		return f.giveRows(ctx, b, err)
	}
	mine, err := f.mirror.Count(ctx, b)
	if err != nil {
		return f.giveRows(ctx, b, err)
	}
	differing := mine.Parts.Differing(&theirs.Parts)
	switch {
	case len(differing) == 0 && mine.Parts.Total().String() != said.digest && theirs.State == said.state:
		f.tell(Diverged{Item: b.ID, Name: b.Name, Err: errTheirs})
		err = f.mirror.Accept(ctx, b, said.state)
	case len(differing) == 0: // only what was noted of the rows was wrong, or they have changed meanwhile
		err = f.mirror.Recount(ctx, b)
	case len(differing) > manyParts:
		return f.fetchAnew(ctx, b, len(differing), nil)
	case time.Since(mine.RepairedAt) < repairEvery:
		return f.fetchAnew(ctx, b, len(differing), errAgain)
	default:
		var rows int64
		rows, err = f.fetchParts(ctx, b, theirs, differing)
		if errors.Is(err, transport.ErrTooLarge) {
			return f.fetchAnew(ctx, b, len(differing), err)
		}
		f.tell(Diverged{Item: b.ID, Name: b.Name, Parts: len(differing), Rows: rows, Err: err})
		f.tell(Changed{Kind: rowKind(b.Kind), Item: b.ID, Many: true})
	}
	if err != nil {
		return f.giveRows(ctx, b, err)
	}
	return step
}

// fetchAnew walks the rows of a bucket of which parts differ, since these cannot be fetched alone.
func (f *Follower) fetchAnew(ctx context.Context, b mirror.Bucket, parts int, why error) trigger {
	f.tell(Diverged{Item: b.ID, Name: b.Name, Parts: parts, Err: why})
	if err := f.mirror.StartRowsWalk(ctx, b); err != nil {
		return f.giveRows(ctx, b, err)
	}
	f.slow(b, "DIVERGED", fmt.Errorf("%q keeps differing from the server, in %d of 256 parts", b.Name, parts))
	return rowsExpired
}

// fetchParts makes parts of a bucket those of the server, some at a time, and returns how many rows came.
func (f *Follower) fetchParts(ctx context.Context, b mirror.Bucket, theirs *protocol.BucketDigest, differing []int) (rows int64, err error) {
	most := int64(partRows)
	for len(differing) > 0 {
		n, count := 1, theirs.Parts[differing[0]].Count
		for n < len(differing) && count+theirs.Parts[differing[n]].Count <= most {
			count += theirs.Parts[differing[n]].Count
			n++
		}
		page, err := f.server.Parts(ctx, f.token, b.Global(), differing[:n])
		if errors.Is(err, transport.ErrTooLarge) && n > 1 {
			most = count / 2
			continue
		}
		if err != nil {
			return rows, err
		}
		if len(page.Parts) != n {
			return rows, fmt.Errorf("the server sent %d parts of %q and not %d", len(page.Parts), b.Name, n)
		}
		if _, err := f.mirror.ApplyParts(ctx, b, page, n == len(differing)); err != nil {
			return rows, err
		}
		rows += page.Count
		differing = differing[n:]
	}
	return rows, nil
}

// holdAgainst compares the workspace with the server once a day. It reports whether a walk was begun since they differ.
// That it could not be compared is no failure: it is tried again in an hour.
func (f *Follower) holdAgainst(ctx context.Context) (walk bool, err error) {
	if time.Now().Before(f.fill.compareAfter) {
		return false, nil
	}
	f.fill.compareAfter = time.Now().Add(time.Hour)
	last, err := f.mirror.VerifiedAt(ctx)
	if err != nil {
		return false, err
	}
	if last.IsZero() { // all of it has just come
		return false, f.mirror.Verified(ctx)
	}
	if time.Since(last) < verifyEvery {
		return false, nil
	}
	compared, err := f.compareWorkspace(ctx)
	if err != nil || compared == nil {
		return false, nil
	}
	if err := f.mirror.Verified(ctx); err != nil {
		return false, err
	}
	for _, c := range compared {
		if !c.Same() {
			f.fill.cancel()
			f.tell(Diverged{})
			return true, f.mirror.StartWalk(ctx)
		}
	}
	return false, nil
}

// compareWorkspace holds the workspace against the server, by kind; nil where something is to be pulled first.
func (f *Follower) compareWorkspace(ctx context.Context) ([]Compared, error) {
	mine, cursor, err := f.mirror.WorkspaceDigest(ctx)
	if err != nil {
		return nil, err
	}
	theirs, err := f.server.WorkspaceDigest(ctx, f.token, cursor)
	if err != nil || theirs.Moved {
		return nil, err
	}
	var compared []Compared
	for _, kind := range []string{"account", "people", "campaigns", "templates", "lists", "blacklists", "buckets"} {
		there, told := theirs.Digests[kind]
		if !told { // by an older server
			continue
		}
		compared = append(compared, Compared{Kind: kind, Here: mine[kind], There: there})
	}
	return compared, nil
}
