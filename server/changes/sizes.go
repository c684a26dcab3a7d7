package changes

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
)

// What a copy takes on a desktop's disk is estimated from a few rows of each bucket, so that a person can be told
// before anything is fetched. It is off by some tenths where rows differ much in length.

// Rows are looked at in samplePlaces places of a bucket, samplesEach in each.
const (
	samplePlaces = 8
	samplesEach  = 4
)

// footprint is how large rows of a kind are in a copy: so many bytes each beside their texts, and perTextByte for each byte of
// these, indexes included, of which that for searching is the largest. A test of the client holds it against files of mirrors.
type footprint struct {
	texts  []string
	perRow int64
}

// perTextByte is so many tenths.
const perTextByte = 26

func footprintOf(kind item.Kind) footprint {
	switch kind {
	case item.KindContactList:
		return footprint{[]string{"email", "first_name", "last_name", "company", "city", "fields", "state"}, 260}
	case item.KindBlacklist:
		return footprint{[]string{"kind", "value", "reason", "note"}, 260}
	}
	return footprint{[]string{"email", "name", "phone", "source", "fields", "state", "notes"}, 380}
}

// emptyFile is what the file of a bucket takes that has no rows.
const emptyFile = 60 << 10

// Sizes estimates how many bytes the rows of items take in a copy of the viewer, with their indexes. Items that they do not
// see, and those without rows, are left out. It reads at most samplePlaces*samplesEach rows of each item, of those that they
// see, in three queries at most.
func (l *Look) Sizes(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]int64, error) {
	items, err := l.look.visible(ctx, ids...)
	if err != nil {
		return nil, err
	}
	byKind := make(map[item.Kind][]*ent.Item)
	for _, id := range ids {
		if it := items[id]; it != nil && hasRows(it) {
			byKind[it.Kind] = append(byKind[it.Kind], it)
		}
	}
	sizes := make(map[uuid.UUID]int64, len(ids))
	for kind, of := range byKind {
		buckets, err := l.look.buckets(ctx, of...)
		if err != nil {
			return nil, err
		}
		texts, err := l.look.meanTexts(ctx, kind, of)
		if err != nil {
			return nil, fmt.Errorf("estimating sizes: %w", err)
		}
		f := footprintOf(kind)
		for _, it := range of {
			sizes[it.ID] = emptyFile + buckets[it.ID].Rows*(f.perRow+texts[it.ID]*perTextByte/10)
		}
	}
	return sizes, nil
}

// meanTexts reads how many bytes the texts of a row have, from some rows of each item.
func (l *look) meanTexts(ctx context.Context, kind item.Kind, items []*ent.Item) (map[uuid.UUID]int64, error) {
	t := tables[kind]
	lengths := make([]string, 0, len(footprintOf(kind).texts))
	for _, column := range footprintOf(kind).texts {
		lengths = append(lengths, "octet_length("+column+")")
	}
	ids := make([]uuid.UUID, len(items))
	for i, it := range items {
		ids[i] = it.ID
	}
	args := []any{store.List(ids)}
	sample := func(n int, which, order string) string {
		return fmt.Sprintf(`(SELECT avg(n) FROM (SELECT %s AS n FROM %s WHERE %s = i.id%s ORDER BY row_seq %s, id %s LIMIT %d) AS s)`,
			strings.Join(lengths, " + "), t.name, t.parent, which, order, order, n)
	}
	var samples []string
	if owner := l.whose(kind); owner != uuid.Nil {
		// Where others' rows stand must not say which are looked at.
		args = append(args, owner)
		mine := " AND " + t.owner + " = ?2"
		samples = append(samples, sample(samplePlaces*samplesEach/2, mine, "ASC"), sample(samplePlaces*samplesEach/2, mine, "DESC"))
	} else {
		for place := range samplePlaces {
			samples = append(samples, sample(samplesEach, fmt.Sprintf(" AND row_seq >= i.rows_head * %d / %d", place, samplePlaces), "ASC"))
		}
	}
	query := `SELECT i.id, ` + strings.Join(samples, ", ") + ` FROM items i WHERE i.id IN (` + store.IDs(l.dialect, `?1`) + `)`
	rows, err := l.QueryContext(ctx, store.Rebind(l.dialect, query), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	means := make(map[uuid.UUID]int64, len(items))
	for rows.Next() {
		var id uuid.UUID
		found := make([]sql.NullFloat64, len(samples))
		into := []any{&id}
		for i := range found {
			into = append(into, &found[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		means[id] = mean(found)
	}
	return means, rows.Err()
}

// mean is that of the values which there are.
func mean(values []sql.NullFloat64) int64 {
	var sum float64
	n := 0
	for _, v := range values {
		if v.Valid {
			sum, n = sum+v.Float64, n+1
		}
	}
	return int64(sum / float64(max(n, 1)))
}

// Bucketed returns those items that have a bucket for the viewer, by id: the first n after one, or of those named where any
// are.
func (l *Look) Bucketed(ctx context.Context, only []uuid.UUID, after uuid.UUID, n int) ([]uuid.UUID, error) {
	look := &l.look
	s := look.visibleItems("id")
	s.Where(entsql.And(entsql.GT(s.C("id"), after), look.bucketed(s)))
	if only != nil {
		s.Where(entsql.In(s.C("id"), anys(only)...))
	}
	s.OrderBy("id").Limit(n)
	var ids []uuid.UUID
	err := look.query(ctx, s, func(r *entsql.Rows) error {
		var id uuid.UUID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
