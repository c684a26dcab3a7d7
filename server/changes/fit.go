package changes

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/template"
)

// fit returns how many of the entries have room on a page: at most n, and those whose bodies do not weigh too
// much. The lines of one position stay together, and there is room for those of the first.
func (l *look) fit(ctx context.Context, entries []entry, n int) (int, error) {
	weight, err := l.weigh(ctx, entries)
	if err != nil {
		return 0, err
	}
	sum := 0
	for i, e := range entries {
		sum += weight[e.at.id]
		delete(weight, e.at.id) // a second line of the same item costs nothing
		if (i >= n || sum > l.bytes) && i > 0 && entries[i-1].at != e.at {
			return i, nil
		}
	}
	return len(entries), nil
}

// weigh returns the bytes of the bodies that the entries show.
func (l *look) weigh(ctx context.Context, entries []entry) (map[uuid.UUID]int, error) {
	var ids []uuid.UUID
	for _, e := range entries {
		if e.stream == contents || e.stream == appearances || e.stream == pointers {
			ids = append(ids, e.at.id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
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
	return weight, nil
}
