package changes

import (
	"bytes"
	"context"
	"math"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
)

// A list or blacklist that turns, into the viewer's sight or out of it, changes what is shown of each campaign
// that points at it, for this viewer alone: no position of the campaign moves. So a page that tells of the
// turn shows the campaigns after its own lines, each once however many of its targets turned. There can be
// any number of them. Those that have no room are owed: the cursor keeps between which positions the
// turns were and the last campaign told, and the next pages pay before they read on.
//
// What is owed is found again in the snapshot of the page that pays, by the rule of the lines themselves. A
// campaign that was told before is right up to its own snapshot, and whatever turned later has an entry of the
// log beyond the cursor.

// turned returns the items that came into sight or went out of it by the lines.
func turned(lines []entry) []uuid.UUID {
	var ids []uuid.UUID
	add := once()
	for _, e := range lines {
		if e.stream == appearances || e.stream == removals {
			ids = add(ids, e.at.id)
		}
	}
	return ids
}

// owing returns the first lines of what the cursor owes, as many as have room, and where they end; none where
// it owes nothing.
func (l *look) owing(ctx context.Context, from cursor, first int) ([]entry, cursor, error) {
	if !from.owes() {
		return nil, from, nil
	}
	told, err := l.eventsWithin(ctx, from.owed, from.at, from.walk, math.MaxInt)
	if err != nil {
		return nil, from, err
	}
	lines, err := l.pointing(ctx, turned(told), from.told, first+1)
	if err != nil {
		return nil, from, err
	}
	room, err := l.fit(ctx, lines, first)
	if err != nil {
		return nil, from, err
	}
	to := l.tag(from.at, from.walk)
	if room < len(lines) {
		to.owed, to.told = from.owed, lines[room-1].at.id
	}
	return lines[:room], to, nil
}

// pointing returns lines for the first n visible campaigns, in the order of their ids and after one of them,
// that point at any of the targets.
func (l *look) pointing(ctx context.Context, targets []uuid.UUID, after uuid.UUID, n int) ([]entry, error) {
	var ids []uuid.UUID
	for some := range slices.Chunk(targets, logBatch) {
		s := l.visibleItems("id")
		s.Where(sql.Or(
			sql.In("id", l.referring(campaign.ListsTable, campaign.ListsPrimaryKey, anys(some), after)),
			sql.In("id", l.referring(campaign.BlacklistsTable, campaign.BlacklistsPrimaryKey, anys(some), after)),
		))
		s.OrderBy("id").Limit(n)
		err := l.query(ctx, s, func(r *sql.Rows) error {
			var id uuid.UUID
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	lines := make([]entry, min(n, len(ids)))
	for i := range lines {
		lines[i] = entry{at: position{id: ids[i]}, stream: pointers}
	}
	return lines, nil
}

// referring selects the campaigns of a join table, after one of them, that point at one of the targets.
func (l *look) referring(table string, columns []string, targets []any, after uuid.UUID) *sql.Selector {
	b := sql.Dialect(l.dialect)
	t := b.Table(table)
	return b.Select(t.C(columns[0])).From(t).
		Where(sql.And(sql.In(t.C(columns[1]), targets...), sql.GT(t.C(columns[0]), after)))
}
