package team

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// OpenLeads is what becomes of the open leads of people who go.
type OpenLeads string

// The choices.
const (
	// KeepLeads leaves them with the person.
	KeepLeads OpenLeads = "keep"
	// LeadsToRotation has them wait for their campaign's rotation.
	LeadsToRotation OpenLeads = "rotation"
	// LeadsToSuccessor gives them to a named person where that person sees the campaign; the others wait
	// for the rotation.
	LeadsToSuccessor OpenLeads = "successor"
)

// Leads says what becomes of the open leads of people who go: those that are new or in progress.
type Leads struct {
	To OpenLeads
	// Successor is who gets them with LeadsToSuccessor; zero otherwise.
	Successor uuid.UUID
}

// handover moves the open leads of people who go, set by set. A lead that waits has no assignee.
type handover struct {
	*deed
	Leads
	from      []uuid.UUID
	successor *ent.Collaborator
	// campaigns are those that are locked, each with the change of its leads.
	campaigns map[uuid.UUID]*feed.Rows
}

// open is the condition on leads that are handed over; ?2 are the people.
const open = `l.account_id = ?1 AND l.assignee_id IN (%s) AND l.state IN ('new', 'in_progress')`

// lock locks the campaigns that have such leads, before any person is held. Items come before people in the
// order of locks.
func (h *handover) lock(ctx context.Context) error {
	if h.To == KeepLeads {
		return nil
	}
	if h.campaigns == nil {
		h.campaigns = make(map[uuid.UUID]*feed.Rows)
	}
	rows, err := h.query(ctx, `SELECT DISTINCT l.campaign_id FROM leads l WHERE `+fmt.Sprintf(open, store.IDs(h.Dialect, "?2")), h.Account, store.List(h.from))
	if err != nil {
		return fmt.Errorf("finding open leads: %w", err)
	}
	defer rows.Close()
	var found []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if h.campaigns[id] == nil {
			found = append(found, id)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range found {
		// Also of one in the bin: it may come back.
		if h.campaigns[id], err = h.RowsInBin(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// held is who must be held: those who go and their successor.
func (h *handover) held() []uuid.UUID {
	if h.Successor == uuid.Nil {
		return h.from
	}
	return append(slices.Clone(h.from), h.Successor)
}

// check looks at the successor and returns the people without them.
func (h *handover) check(people []*ent.Collaborator) ([]*ent.Collaborator, error) {
	if (h.To == LeadsToSuccessor) != (h.Successor != uuid.Nil) {
		return nil, fault.Field("successor", "A successor is named to hand leads to one, and only then.")
	}
	if h.Successor == uuid.Nil {
		return people, nil
	}
	if slices.Contains(h.from, h.Successor) {
		return nil, fault.Field("successor", "The successor is among those who go.")
	}
	last := len(people) - 1
	if h.successor = people[last]; h.successor.Status != collaborator.StatusActive {
		return nil, fault.Field("successor", "The successor is deactivated and cannot follow leads up.")
	}
	return people[:last], nil
}

// do hands over what the people have, who are held, and returns how many leads that were.
func (h *handover) do(ctx context.Context, people []*ent.Collaborator) (total int, err error) {
	if h.To == KeepLeads {
		return 0, nil
	}
	if err := h.lock(ctx); err != nil { // campaigns that gave them leads while they were not yet held
		return 0, err
	}
	if len(h.campaigns) == 0 {
		return 0, nil
	}
	seen, err := h.seen(ctx)
	if err != nil {
		return 0, err
	}
	counts, err := h.take(ctx)
	if err != nil {
		return 0, err
	}
	given := intake.Record{Decision: intake.HandedOver, To: h.Successor, By: h.viewer.Collaborator}
	waits := intake.Record{Decision: intake.HandedOver, By: h.viewer.Collaborator}
	// The campaigns' heads are the positions that were just taken, and stay so: their rows are locked.
	_, err = h.ExecContext(ctx, store.Rebind(h.Dialect, `UPDATE leads AS l SET row_seq = (SELECT rows_head FROM items WHERE id = l.campaign_id),
			assignee_id = CASE WHEN l.campaign_id IN (`+store.IDs(h.Dialect, "?4")+`) THEN CAST(?5 AS `+h.uuid()+`) END,
			assigned_at = CASE WHEN l.campaign_id IN (`+store.IDs(h.Dialect, "?4")+`) THEN CAST(?6 AS bigint) ELSE 0 END,
			changed_at = CAST(?6 AS bigint), version = version + 1,
			decision = CASE WHEN l.campaign_id IN (`+store.IDs(h.Dialect, "?4")+`) THEN ?7 ELSE ?8 END
		WHERE l.campaign_id IN (`+store.IDs(h.Dialect, "?3")+`) AND `+fmt.Sprintf(open, store.IDs(h.Dialect, "?2"))),
		h.Account, store.List(h.from), store.List(slices.Collect(maps.Keys(h.campaigns))), store.List(seen), h.Successor, int64(h.now), given.String(), waits.String())
	if err != nil {
		return 0, fmt.Errorf("handing leads over: %w", err)
	}
	for _, p := range people {
		if n := counts[p.ID]; n > 0 {
			total += n
			detail := map[string]string{"count": strconv.Itoa(n), "to": string(h.To)}
			if h.successor != nil {
				detail["successor"] = nameOf(h.successor)
			}
			h.note(audit.LeadsHandedOver, p, detail)
		}
	}
	return total, nil
}

// seen returns the campaigns that the successor sees.
func (h *handover) seen(ctx context.Context) ([]uuid.UUID, error) {
	if h.successor == nil {
		return nil, nil
	}
	var seen []uuid.UUID
	for some := range slices.Chunk(slices.Collect(maps.Keys(h.campaigns)), batch) {
		ids, err := h.Item.Query().Where(item.IDIn(some...)).IDs(sharing.NewContext(ctx, sharing.Eyes(h.successor)))
		if err != nil {
			return nil, fmt.Errorf("looking with the successor's eyes: %w", err)
		}
		seen = append(seen, ids...)
	}
	return seen, nil
}

// take takes their open leads from the people, whose copies learn of it, and returns how many each of them had.
func (h *handover) take(ctx context.Context) (map[uuid.UUID]int, error) {
	rows, err := h.query(ctx, `SELECT l.id, l.campaign_id, l.assignee_id FROM leads l
		WHERE l.campaign_id IN (`+store.IDs(h.Dialect, "?3")+`) AND `+fmt.Sprintf(open, store.IDs(h.Dialect, "?2")),
		h.Account, store.List(h.from), store.List(slices.Collect(maps.Keys(h.campaigns))))
	if err != nil {
		return nil, fmt.Errorf("reading open leads: %w", err)
	}
	defer rows.Close()
	type of struct{ campaign, person uuid.UUID }
	leads := make(map[of][]uuid.UUID)
	counts := make(map[uuid.UUID]int)
	for rows.Next() {
		var id uuid.UUID
		var whose of
		if err := rows.Scan(&id, &whose.campaign, &whose.person); err != nil {
			return nil, err
		}
		leads[whose] = append(leads[whose], id)
		counts[whose.person]++
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	for whose, ids := range leads {
		if err := h.campaigns[whose.campaign].Left(ctx, whose.person, ids...); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
