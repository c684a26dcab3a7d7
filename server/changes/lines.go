package changes

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
)

// header is the first line of a page of rows.
type header struct {
	// Kind is contacts, entries or leads.
	Kind string `json:"kind"`
	// Columns name the values of each row, in order.
	Columns []string `json:"columns"`
	// State is the bucket's as of this page.
	State string `json:"state"`
	// Rows is how many rows the bucket has in all.
	Rows int64 `json:"rows"`
	// Count is how many rows are on this page.
	Count int `json:"count"`
	// Next is where to continue, More whether something follows at once.
	Next string `json:"next"`
	More bool   `json:"more"`
	// Sum is the digest of all rows of the bucket, where nothing follows and it is told; of a page of parts, that of
	// their rows.
	Sum string `json:"digest,omitempty"`
	// Parts are those whose rows the page has; none where it is a page of changes.
	Parts []int `json:"parts,omitempty"`
}

// Lines is a page of rows as sync clients take it, three lines of JSON: a header, an array of rows in the order of
// their columns (digest.Columns), and an array of the ids of rows that are gone.
type Lines struct{ Header, Rows, Removals string }

// Size returns how many bytes the lines have.
func (l *Lines) Size() int { return len(l.Header) + len(l.Rows) + len(l.Removals) + 3 }

// String returns the three lines, each with its end.
func (l *Lines) String() string { return l.Header + "\n" + l.Rows + "\n" + l.Removals + "\n" }

// Lines reads the page. The span was found in the same snapshot, where the item was visible.
func (s *Span) Lines(ctx context.Context, tx *ent.Tx, dialect string) (*Lines, error) {
	page, h, err := s.page, s.header(), error(nil)
	if page == nil {
		if page, err = s.read(ctx, tx, dialect); err != nil {
			return nil, err
		}
	}
	if h.Sum, err = s.digest(ctx, tx, dialect); err != nil {
		return nil, err
	}
	h.Count = page.count
	return h.lines(page.rows, page.gone)
}

func (s *Span) read(ctx context.Context, tx *ent.Tx, dialect string) (*rowsPage, error) {
	p := &rowsPage{upTo: s.upTo, more: s.More}
	var err error
	if p.rows, p.count, err = s.Dense(ctx, tx, dialect); err != nil {
		return nil, err
	}
	p.gone, err = s.Removals(ctx, tx, dialect)
	return p, err
}

func (s *Span) header() header {
	return header{
		Kind: RowKind(s.Item.Kind), Columns: digest.Columns(s.Item.Kind),
		State: s.State, Rows: s.Bucket.Rows, Next: s.Next, More: s.More,
	}
}

func (h header) lines(rows string, gone []uuid.UUID) (*Lines, error) {
	if gone == nil {
		gone = []uuid.UUID{}
	}
	first, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encoding a page of rows: %w", err)
	}
	third, err := json.Marshal(gone)
	if err != nil {
		return nil, fmt.Errorf("encoding a page of rows: %w", err)
	}
	return &Lines{string(first), rows, string(third)}, nil
}

// RowKind names what the rows of an item of a kind are, as the API does.
func RowKind(kind item.Kind) string {
	switch kind {
	case item.KindBlacklist:
		return "entries"
	case item.KindCampaign:
		return "leads"
	default:
		return "contacts"
	}
}
