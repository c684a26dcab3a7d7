package read

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
)

// MaxPage is how many nodes one page may hold.
const MaxPage = 100

// maxSkip is how many nodes may be left out: the database still walks over them.
const maxSkip = 1_000_000

// Window is which part of a list is asked for: first nodes, from the start, after a cursor or without as many as Skip says,
// or last ones, from the end or before a cursor.
type Window struct {
	First  *int
	After  *string
	Last   *int
	Before *string
	Skip   *int
}

// ordering is how a list is ordered: by columns that together are unique, all in one direction.
type ordering struct {
	// name binds cursors: one of another ordering is refused.
	name    string
	columns []string
	desc    bool
}

// listing is a list of rows of type R that is shown as nodes of type T.
type listing[R, T any] struct {
	ordering
	// rows reads rows of the list restricted, ordered and limited by apply.
	rows func(ctx context.Context, apply func(*sql.Selector)) ([]R, error)
	// forward, if given, is a faster way to read rows from the start or after a key.
	forward func(ctx context.Context, after []any, n int) ([]R, error)
	// key returns a row's values of the ordering's columns.
	key func(R) []any
	// present turns the rows of one page into nodes.
	present func([]R) []T
	// count counts the whole list.
	count func(ctx context.Context) (int, error)
}

// page reads one page of a list.
func page[R, T any](ctx context.Context, s *seal.Sealer, l listing[R, T], w Window) (*Page[T], error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	n, backward, err := w.size()
	if err != nil {
		return nil, err
	}
	skip, err := w.skip(backward)
	if err != nil {
		return nil, err
	}
	scope := "list/" + l.name + "/" + v.Collaborator.String()
	token, field := w.After, "after"
	if backward {
		token, field = w.Before, "before"
	}
	var from []any
	if token != nil {
		if from, err = openKey(s, scope, *token, len(l.columns)); err != nil {
			return nil, fault.Field(field, "This is not a cursor of this list in this order.")
		}
	}
	var rows []R
	if l.forward != nil && !backward && skip == 0 {
		rows, err = l.forward(ctx, from, n+1)
	} else {
		rows, err = l.rows(ctx, l.apply(from, backward, skip, n+1))
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", l.name, err)
	}
	more := len(rows) > n
	rows = rows[:min(n, len(rows))]
	if backward {
		slices.Reverse(rows)
	}
	p := &Page[T]{PageInfo: &PageInfo{}, Edges: make([]*Edge[T], len(rows)), total: l.count}
	for i, node := range l.present(rows) {
		p.Edges[i] = &Edge[T]{Node: node, cursor: func() string { return sealKey(s, scope, l.key(rows[i])) }}
	}
	if len(rows) > 0 {
		p.PageInfo.start, p.PageInfo.end = p.Edges[0].cursor, p.Edges[len(rows)-1].cursor
	}
	p.PageInfo.HasNextPage, p.PageInfo.HasPreviousPage = more, token != nil || skip > 0
	if backward {
		p.PageInfo.HasNextPage, p.PageInfo.HasPreviousPage = token != nil, more
	}
	return p, nil
}

// size returns how many nodes are asked for, and whether from the end.
func (w Window) size() (n int, backward bool, err error) {
	field := "first"
	switch {
	case w.First != nil && w.Last == nil && w.Before == nil:
		n = *w.First
	case w.Last != nil && w.First == nil && w.After == nil:
		n, backward, field = *w.Last, true, "last"
	default:
		return 0, false, fault.Field(field, "Ask for the first nodes (after a cursor) or the last ones (before a cursor).")
	}
	if n < 1 || n > MaxPage {
		return 0, false, fault.Field(field, "A page has 1 to %d nodes.", MaxPage)
	}
	return n, backward, nil
}

// skip returns how many nodes are left out at the start. It is a place in the list, and so goes with no cursor.
func (w Window) skip(backward bool) (int, error) {
	switch {
	case w.Skip == nil:
		return 0, nil
	case *w.Skip < 0 || *w.Skip > maxSkip:
		return 0, fault.Field("skip", "At most 1,000,000 nodes are left out.")
	case *w.Skip > 0 && backward:
		return 0, fault.Field("skip", "Nodes are left out at the start: ask for the first ones.")
	case *w.Skip > 0 && w.After != nil:
		return 0, fault.Field("skip", "Either nodes are left out at the start, or the list is continued after a cursor.")
	}
	return *w.Skip, nil
}

// apply restricts a query to what follows the key, in order, from the one after those that are skipped, up to a limit.
func (o ordering) apply(from []any, backward bool, skip, limit int) func(*sql.Selector) {
	return func(s *sql.Selector) {
		columns := make([]string, len(o.columns))
		for i, c := range o.columns {
			columns[i] = s.C(c)
		}
		desc := o.desc != backward
		if from != nil {
			if desc {
				s.Where(sql.CompositeLT(columns, from...))
			} else {
				s.Where(sql.CompositeGT(columns, from...))
			}
		}
		for _, c := range columns {
			if desc {
				s.OrderBy(sql.Desc(c))
			} else {
				s.OrderBy(sql.Asc(c))
			}
		}
		if skip > 0 {
			s.Offset(skip)
		}
		s.Limit(limit)
	}
}

// Keys are sealed like every cursor: the numbers in them tell of changes the viewer may not see. They are
// padded, since how many digits a number has tells of them too.
func sealKey(s *seal.Sealer, scope string, key []any) string {
	payload, err := json.Marshal(key)
	if err != nil {
		panic(err) // strings, numbers and ids only
	}
	const block = 64
	payload = append(payload, bytes.Repeat([]byte(" "), block-1-(len(payload)-1)%block)...)
	return s.Seal(scope, payload)
}

func openKey(s *seal.Sealer, scope, token string, n int) ([]any, error) {
	payload, err := s.Open(scope, token)
	if err != nil {
		return nil, err
	}
	var key []any
	d := json.NewDecoder(bytes.NewReader(payload))
	d.UseNumber()
	if err := d.Decode(&key); err != nil || len(key) != n {
		return nil, seal.ErrForeign
	}
	for i, v := range key {
		if number, ok := v.(json.Number); ok {
			if key[i], err = number.Int64(); err != nil {
				return nil, seal.ErrForeign
			}
		}
	}
	return key, nil
}
