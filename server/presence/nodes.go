package presence

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
)

// farewell is how long a node that stops may take to say so.
const farewell = 2 * time.Second

// neighbours is what a node has told the others, and when it last heard them. It is of Run's goroutine.
type neighbours struct {
	*Presence
	published map[place]instant.Instant
	renewed   time.Time // when the others last heard of this node
	heard     time.Time
}

// Run tells the other nodes what is open here and hears from them what is open there, until ctx ends; then it takes
// back what it said, and returns nil. A database that does not answer is logged and asked again; what is open elsewhere
// is forgotten when it has not answered for Config.Life.
func (p *Presence) Run(ctx context.Context, log *slog.Logger) error {
	if p.alone {
		<-ctx.Done()
		return nil
	}
	n := &neighbours{Presence: p, published: make(map[place]instant.Instant)}
	tick := time.NewTicker(p.life / 10)
	defer tick.Stop()
	for failing := false; ; {
		select {
		case <-ctx.Done():
			return n.leave(context.WithoutCancel(ctx), log)
		case <-p.moved:
		case <-tick.C:
		}
		err := n.step(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			log.WarnContext(ctx, "who has what open is not known of other servers", "error", err)
		}
		failing = err != nil
	}
}

// step says what is new and hears what there is. Where nothing is open here it does nothing.
func (n *neighbours) step(ctx context.Context) error {
	open := n.open()
	if len(open) == 0 && len(n.published) == 0 {
		n.hear(nil)
		return nil
	}
	err := n.say(ctx, open)
	if err == nil {
		var found map[place]instant.Instant
		if found, err = n.listen(ctx, open); err == nil {
			n.heard = time.Now()
			n.hear(found)
		}
	}
	if err != nil && time.Since(n.heard) > n.life {
		n.hear(nil)
	}
	return err
}

// open returns what is open here.
func (p *Presence) open() map[place]instant.Instant {
	p.mu.Lock()
	defer p.mu.Unlock()
	open := make(map[place]instant.Instant, len(p.here))
	for at, o := range p.here {
		open[at] = o.since
	}
	return open
}

// hear takes what is open elsewhere and wakes whoever listens to an item where that is another answer.
func (p *Presence) hear(found map[place]instant.Instant) {
	p.mu.Lock()
	defer p.mu.Unlock()
	moved := make(map[uuid.UUID]struct{})
	for _, differs := range []struct{ of, from map[place]instant.Instant }{{found, p.elsewhere}, {p.elsewhere, found}} {
		for at, since := range differs.of {
			if before, known := differs.from[at]; !known || before != since {
				moved[at.item] = struct{}{}
			}
		}
	}
	p.elsewhere = found
	for item := range moved {
		p.changed(item)
	}
}

// now is the database's clock: those of nodes may differ.
const now = `(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`

// say writes down what has been opened and left since the last time and, three times in a life, that the rest still is.
func (n *neighbours) say(ctx context.Context, open map[place]instant.Instant) error {
	var left, came []place
	for at := range n.published {
		if _, still := open[at]; !still {
			left = append(left, at)
		}
	}
	for at, since := range open {
		if before, known := n.published[at]; !known || before != since {
			came = append(came, at)
		}
	}
	renew := time.Since(n.renewed) >= n.life/3
	if len(left) == 0 && len(came) == 0 && !renew {
		return nil
	}
	kept, life := 0, n.life.Microseconds()
	err := n.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := n.withdraw(ctx, tx, left); err != nil {
			return err
		}
		var err error
		if renew {
			if kept, err = n.renew(ctx, tx, life); err != nil {
				return err
			}
		}
		return n.announce(ctx, tx, came, open, life)
	})
	if err != nil {
		return err
	}
	if renew {
		n.renewed = time.Now()
	}
	if renew && kept < len(n.published)-len(left) { // others took this node for dead, and what it had said away
		open = nil
	}
	n.published = maps.Clone(open)
	if open == nil {
		n.tell()
	}
	return nil
}

// renew says that what was said holds, takes away what others did not say again in time, and returns how much of one's
// own there was.
func (n *neighbours) renew(ctx context.Context, tx *ent.Tx, life int64) (kept int, err error) {
	done, err := tx.ExecContext(ctx, `UPDATE openings SET ends_at = `+now+` + $1 WHERE node_id = $2`, life, n.node)
	if err != nil {
		return 0, fmt.Errorf("renewing what is open: %w", err)
	}
	rows, err := done.RowsAffected()
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM openings WHERE (node_id, item_id, collaborator_id) IN
		(SELECT node_id, item_id, collaborator_id FROM openings WHERE ends_at < `+now+` FOR UPDATE SKIP LOCKED)`)
	if err != nil {
		return 0, fmt.Errorf("forgetting what was open: %w", err)
	}
	return int(rows), nil
}

func (n *neighbours) announce(ctx context.Context, tx *ent.Tx, came []place, open map[place]instant.Instant, life int64) error {
	if len(came) == 0 {
		return nil
	}
	lines := make([][3]any, len(came))
	for i, at := range came {
		lines[i] = [3]any{at.item, at.person, int64(open[at])}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO openings (node_id, item_id, collaborator_id, since, ends_at)
		SELECT $1, (line.value ->> 0)::uuid, (line.value ->> 1)::uuid, (line.value ->> 2)::bigint, `+now+` + $2
		FROM json_array_elements(CAST($3 AS json)) AS line(value)
		ON CONFLICT (node_id, item_id, collaborator_id) DO UPDATE SET since = EXCLUDED.since, ends_at = EXCLUDED.ends_at`,
		n.node, life, asJSON(lines))
	if err != nil {
		return fmt.Errorf("saying what was opened: %w", err)
	}
	return nil
}

func (n *neighbours) withdraw(ctx context.Context, tx *ent.Tx, left []place) error {
	if len(left) == 0 {
		return nil
	}
	lines := make([][2]any, len(left))
	for i, at := range left {
		lines[i] = [2]any{at.item, at.person}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM openings WHERE node_id = $1 AND (item_id, collaborator_id) IN
		(SELECT (line.value ->> 0)::uuid, (line.value ->> 1)::uuid FROM json_array_elements(CAST($2 AS json)) AS line(value))`,
		n.node, asJSON(lines))
	if err != nil {
		return fmt.Errorf("saying what was left: %w", err)
	}
	return nil
}

// listen reads what other nodes say of the items that are open here.
func (n *neighbours) listen(ctx context.Context, open map[place]instant.Instant) (map[place]instant.Instant, error) {
	items := make(map[uuid.UUID]struct{}, len(open))
	for at := range open {
		items[at.item] = struct{}{}
	}
	rows, err := n.store.Client().QueryContext(ctx, `SELECT item_id, collaborator_id, min(since) FROM openings
		WHERE node_id <> $1 AND ends_at > `+now+` AND item_id IN (SELECT value::uuid FROM json_array_elements_text(CAST($2 AS json)))
		GROUP BY item_id, collaborator_id`, n.node, asJSON(slices.Collect(maps.Keys(items))))
	if err != nil {
		return nil, fmt.Errorf("hearing what is open elsewhere: %w", err)
	}
	defer rows.Close()
	found := make(map[place]instant.Instant)
	for rows.Next() {
		var at place
		var since instant.Instant
		if err := rows.Scan(&at.item, &at.person, &since); err != nil {
			return nil, fmt.Errorf("hearing what is open elsewhere: %w", err)
		}
		found[at] = since
	}
	return found, rows.Err()
}

// leave takes back all that this node said. Where it cannot, the others forget it in time.
func (n *neighbours) leave(ctx context.Context, log *slog.Logger) error {
	if len(n.published) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	err := n.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM openings WHERE node_id = $1`, n.node)
		return err
	})
	if err != nil {
		log.WarnContext(ctx, "what was open here is forgotten by other servers in a while", "error", err)
	}
	return nil
}

// asJSON writes ids and numbers as the JSON that statements read: one for any number of them.
func asJSON(list any) string {
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // there is nothing in it that JSON has not
	}
	return string(text)
}
