package changes

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// Up to maxSummed leads, a page of rows tells their digest. Adding them up takes 5 µs of CPU each, so more than fewSummed
// are added up once in summedEvery at most, however often they change: copies are compared when it is quieter, too.
const (
	maxSummed   = 20_000
	fewSummed   = 500
	summedEvery = 10 * time.Second
)

// MaxParts is how many rows parts can have that are asked for at once.
const MaxParts = 20_000

// Digest is what a bucket's rows add up to for the viewer.
type Digest struct {
	// State is the bucket's that they are of.
	State string
	// Parts are by digest.Part of the rows' ids.
	Parts *digest.Parts
}

// Digest adds up the rows of a bucket as they are, for the viewer in the context, in the snapshot tx: it looks at each
// and trusts no sum that is kept. The fault is that of Rows.
func (c *Changes) Digest(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID) (*Digest, error) {
	s, err := c.bucketOf(ctx, tx, dialect, id)
	if err != nil {
		return nil, err
	}
	parts, err := s.parts(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	return &Digest{s.State, parts}, nil
}

// PartLines reads the rows of some parts of a bucket as a page of rows, with their digest in the header, for the
// viewer in the context, in the snapshot tx. It moves no cursor: Next is empty, and there are no removals. What a copy
// has in these parts besides is too much. The fault is that of Rows, and Invalid on "part" where they have more than
// MaxParts rows.
func (c *Changes) PartLines(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID, parts []int) (*Lines, error) {
	s, err := c.bucketOf(ctx, tx, dialect, id)
	if err != nil {
		return nil, err
	}
	var wanted [256]bool
	for _, p := range parts {
		wanted[p] = true
	}
	where, args := s.all()
	t := tables[s.Item.Kind]
	found, err := tx.QueryContext(ctx, store.Rebind(dialect, `SELECT id FROM `+t.name+where), args...)
	if err != nil {
		return nil, fmt.Errorf("finding the rows of parts: %w", err)
	}
	defer found.Close()
	var ids []string
	for found.Next() {
		var id string
		if err := found.Scan(&id); err != nil {
			return nil, fmt.Errorf("finding the rows of parts: %w", err)
		}
		if wanted[digest.Part(id)] {
			if ids = append(ids, id); len(ids) > MaxParts {
				return nil, fault.Field("part", "These parts have more than %d rows; ask for fewer at once.", MaxParts)
			}
		}
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("finding the rows of parts: %w", err)
	}
	found.Close()
	where = ` WHERE id IN (` + store.IDs(dialect, `?1`) + `) AND ` + t.parent + ` = ?2`
	args = []any{store.List(ids), s.Item.ID}
	h := s.header()
	if h.Sum, err = sum(ctx, tx, dialect, s.Item.Kind, where, args...); err != nil {
		return nil, err
	}
	rows, count, err := dense(ctx, tx, dialect, s.Item.Kind, ` FROM `+t.name+where+` ORDER BY row_seq, id`, args...)
	if err != nil {
		return nil, err
	}
	h.Count, h.Parts = count, parts
	return h.lines(rows, nil)
}

// bucketOf finds an item's rows for the viewer in the context, as a span of none of them.
func (c *Changes) bucketOf(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID) (*Span, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	return l.span(ctx, id)
}

// digest returns what all rows of the bucket add up to, empty where that is not told with a page.
func (s *Span) digest(ctx context.Context, tx *ent.Tx, dialect string) (string, error) {
	if s.More {
		return "", nil
	}
	if s.Item.Kind != item.KindCampaign {
		return digest.Sum{Count: s.Item.RowsCount, Row: digest.Stored(s.Item.RowsDigestA, s.Item.RowsDigestB)}.String(), nil
	}
	if s.Bucket.Rows > maxSummed || s.Bucket.Rows > fewSummed && !s.sums.due(s.key(), time.Now()) {
		return "", nil
	}
	parts, err := s.parts(ctx, tx, dialect)
	if err != nil {
		return "", err
	}
	return parts.Total().String(), nil
}

// parts adds up the rows of the bucket, as they are.
func (s *Span) parts(ctx context.Context, tx *ent.Tx, dialect string) (*digest.Parts, error) {
	return s.sums.of(ctx, s.key(), func() (*digest.Parts, error) {
		where, args := s.all()
		parts := &digest.Parts{}
		err := each(ctx, tx, dialect, s.Item.Kind, where, args, func(row digest.Read) {
			parts[digest.Part(row.ID)].Add(row.Row)
		})
		return parts, err
	})
}

// key names the state of the bucket's rows.
func (s *Span) key() sumKey {
	return sumKey{s.Item.ID, s.whose, s.Item.RowsEpoch, s.Item.RowsHead}
}

// all is the condition of the bucket's rows.
func (s *Span) all() (where string, args []any) {
	t := tables[s.Item.Kind]
	where, args = ` WHERE `+t.parent+` = ?`, []any{s.Item.ID}
	if s.whose != uuid.Nil {
		where, args = where+` AND `+t.owner+` = ?`, append(args, s.whose)
	}
	return where, args
}

// sum adds up rows that a condition holds for.
func sum(ctx context.Context, tx *ent.Tx, dialect string, kind item.Kind, where string, args ...any) (string, error) {
	var total digest.Sum
	err := each(ctx, tx, dialect, kind, where, args, func(row digest.Read) { total.Add(row.Row) })
	return total.String(), err
}

func each(ctx context.Context, tx *ent.Tx, dialect string, kind item.Kind, where string, args []any, f func(digest.Read)) error {
	rows, err := tx.QueryContext(ctx, store.Rebind(dialect, digest.Select(kind, dialect)+where), args...)
	if err != nil {
		return fmt.Errorf("adding up rows: %w", err)
	}
	return digest.Each(rows, f)
}
