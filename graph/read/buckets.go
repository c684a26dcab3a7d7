package read

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// BucketPage is some buckets, by id.
type BucketPage struct {
	Buckets []*Bucket
	// Next is the cursor to go on from, nil where nothing follows.
	Next *string
}

// Buckets reads buckets of items that the viewer sees, by id: the first so many after one, of those named where any are.
func (r *Reader) Buckets(ctx context.Context, of []string, after string, first int) (*BucketPage, error) {
	if first < 1 || first > changes.MaxPage {
		return nil, fault.Field("first", "A page has 1 to %d buckets.", changes.MaxPage)
	}
	if len(of) > changes.MaxPage {
		return nil, fault.Field("of", "Name at most %d buckets.", changes.MaxPage)
	}
	from, scope, err := r.afterBucket(ctx, after)
	if err != nil {
		return nil, err
	}
	only := bucketIDs(of)
	p := &BucketPage{Buckets: []*Bucket{}}
	err = r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		look, err := r.changes.Look(ctx, tx, r.store.Dialect())
		if err != nil {
			return err
		}
		ids, err := look.Bucketed(ctx, only, from, first+1)
		if err != nil {
			return err
		}
		if len(ids) > first {
			ids = ids[:first]
			next := sealKey(r.sealer, scope, []any{ids[first-1].String()})
			p.Next = &next
		}
		items, err := look.Items(ctx, ids...)
		if err != nil {
			return err
		}
		rows := make([]*ent.Item, len(ids))
		for i, id := range ids {
			rows[i] = items[id]
		}
		found, err := look.Buckets(ctx, rows...)
		p.Buckets = r.bucketsOf(found, rows...)
		return err
	})
	return p, err
}

// bucketIDs reads the ids that a request names, nil where it names none. Those that cannot be buckets are passed over.
func bucketIDs(of []string) []uuid.UUID {
	if of == nil {
		return nil
	}
	only := []uuid.UUID{}
	for _, global := range of {
		if id, err := ParseBucketID(global); err == nil {
			only = append(only, id)
		}
	}
	return only
}

// afterBucket reads a cursor, and returns the scope of such cursors.
func (r *Reader) afterBucket(ctx context.Context, after string) (from uuid.UUID, scope string, err error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return from, "", err
	}
	scope = "list/buckets/" + v.Collaborator.String()
	if after == "" {
		return from, scope, nil
	}
	key, err := openKey(r.sealer, scope, after, 1)
	if err == nil {
		text, _ := key[0].(string)
		from, err = uuid.Parse(text)
	}
	if err != nil {
		err = fault.Field("after", "This is not a cursor of this list in this order.")
	}
	return from, scope, err
}

// sizes estimates what the buckets of one page take on a desktop's disk.
type sizes func(context.Context) (map[uuid.UUID]int64, error)

// Bytes estimates what its rows take on a desktop's disk.
func (b *Bucket) Bytes(ctx context.Context) (int64, error) {
	found, err := b.sizes(ctx)
	return found[b.row.ID], err
}

// bucketsOf returns the buckets of items, as found. Their sizes are estimated together, once one of them is asked for.
func (r *Reader) bucketsOf(found map[uuid.UUID]changes.Bucket, rows ...*ent.Item) []*Bucket {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	together := once(source{}, func(ctx context.Context) (found map[uuid.UUID]int64, err error) {
		err = r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
			look, err := r.changes.Look(ctx, tx, r.store.Dialect())
			if err == nil {
				found, err = look.Sizes(ctx, ids...)
			}
			return err
		})
		return found, err
	})
	buckets := make([]*Bucket, len(rows))
	for i, row := range rows {
		buckets[i] = &Bucket{row, found[row.ID], together}
	}
	return buckets
}

// Name returns the name of the item.
func (b *Bucket) Name() string { return b.row.Name }
