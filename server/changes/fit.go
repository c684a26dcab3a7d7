package changes

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/template"
)

// fit cuts a page whose bodies weigh too much. One entry always stays.
func (l *look) fit(ctx context.Context, entries []entry, more *bool) ([]entry, error) {
	var ids []uuid.UUID
	for _, e := range entries {
		if e.stream == contents || e.stream == appearances {
			ids = append(ids, e.at.id)
		}
	}
	if len(ids) == 0 {
		return entries, nil
	}
	weight := make(map[uuid.UUID]int)
	for _, table := range []string{campaign.Table, template.Table} {
		b := sql.Dialect(l.dialect)
		t := b.Table(table)
		s := b.Select(t.C("id")).AppendSelectExpr(sql.Raw("octet_length(body)")).From(t).
			Where(sql.In(t.C("id"), anys(ids)...))
		err := l.query(ctx, s, func(r *sql.Rows) error {
			var (
				id uuid.UUID
				n  int
			)
			err := r.Scan(&id, &n)
			weight[id] = n
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	sum := 0
	for i, e := range entries {
		sum += weight[e.at.id]
		weight[e.at.id] = 0 // a second line of the same item costs nothing
		if sum > maxBytes && i > 0 && entries[i-1].at != e.at {
			*more = true
			return entries[:i], nil
		}
	}
	return entries, nil
}
