package team

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/promise"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// MostPromises is how many items an invitation names when it is made or changed. The access window takes more.
const MostPromises = 1000

// Promise is access to one item that an invitation gives when it is accepted.
type Promise struct {
	Item uuid.UUID
	// Level is view or edit.
	Level access.Level
	// RoundRobin is whether the person joins the campaign's rotation.
	RoundRobin bool
}

// checked checks promises. The owner sees each item.
func (d *deed) checked(ctx context.Context, promises []Promise) error {
	if len(promises) > MostPromises {
		return fault.Field("access", "Name at most %d items here; the access window takes any number.", MostPromises)
	}
	ids := make([]uuid.UUID, len(promises))
	for i, p := range promises {
		ids[i] = p.Item
	}
	kinds, err := kindsOf(ctx, d.Tx, ids)
	if err != nil {
		return err
	}
	seen := make(map[uuid.UUID]bool, len(promises))
	for _, p := range promises {
		kind, ok := kinds[p.Item]
		switch {
		case !ok:
			return fault.Missing("item")
		case seen[p.Item]:
			return fault.Field("access", "An item is named twice.")
		case p.Level != access.LevelView && p.Level != access.LevelEdit:
			return fault.Field("access", "Access is to view or to edit.")
		case p.RoundRobin && kind != item.KindCampaign:
			return fault.Field("access", "Only campaigns have a rotation to join.")
		case p.RoundRobin && p.Level != access.LevelEdit:
			return fault.Field("access", "Who follows leads up needs to change the campaign: choose edit, or no round robin.")
		}
		seen[p.Item] = true
	}
	return nil
}

// store stores what an invitation promises.
func (d *deed) store(ctx context.Context, invitation uuid.UUID, promises []Promise) error {
	rows := make([]*ent.PromiseCreate, len(promises))
	for i, p := range promises {
		rows[i] = d.Tx.Promise.Create().SetAccountID(d.Account).SetInvitationID(invitation).SetItemID(p.Item).
			SetLevel(promise.Level(p.Level)).SetRoundRobin(p.RoundRobin)
	}
	for some := range slices.Chunk(rows, batch) {
		if err := d.Tx.Promise.CreateBulk(some...).Exec(ctx); err != nil {
			return fmt.Errorf("storing promises: %w", err)
		}
	}
	return nil
}

// replace stores other access instead of what an invitation promises, and reports how many items there were, and
// whether that changes anything. What it takes away from those invited (promises of the level none), which nobody
// named, stays. An invitation that promises more than one may name is a Conflict.
func (d *deed) replace(ctx context.Context, inv *ent.Invitation, promises []Promise) (before int, changed bool, err error) {
	gives := promise.And(promise.InvitationID(inv.ID), promise.LevelNEQ(promise.LevelNone))
	rows, err := d.Tx.Promise.Query().Where(gives).Limit(MostPromises + 1).All(ctx)
	if err != nil {
		return 0, false, fmt.Errorf("reading promises: %w", err)
	}
	if len(rows) > MostPromises {
		return 0, false, fault.New(fault.Conflict, "This invitation gives access to more than %d items; change it in the access window.", MostPromises)
	}
	had := make(map[Promise]bool, len(rows))
	for _, row := range rows {
		had[Promise{row.ItemID, access.Level(row.Level), row.RoundRobin}] = true
	}
	changed = len(promises) != len(rows)
	items := make([]uuid.UUID, len(promises))
	for i, p := range promises {
		items[i], changed = p.Item, changed || !had[p]
	}
	if !changed {
		return len(rows), false, nil
	}
	// Jobs that were confirmed before this do not change it any more (package matrix).
	_, err = d.ExecContext(ctx, store.Rebind(d.Dialect, `UPDATE invitations SET access_after_job = (SELECT job_count FROM accounts WHERE id = ?) WHERE id = ?`), d.Account, inv.ID)
	if err != nil {
		return 0, false, fmt.Errorf("replacing promises: %w", err)
	}
	if _, err := d.Tx.Promise.Delete().Where(promise.Or(gives, promise.And(promise.InvitationID(inv.ID), promise.ItemIDIn(items...)))).Exec(ctx); err != nil {
		return 0, false, fmt.Errorf("replacing promises: %w", err)
	}
	return len(rows), true, d.store(ctx, inv.ID, promises)
}

// kindsOf returns the kinds of the items that are there for the viewer in the context.
func kindsOf(ctx context.Context, tx *feed.Tx, ids []uuid.UUID) (map[uuid.UUID]item.Kind, error) {
	kinds := make(map[uuid.UUID]item.Kind, len(ids))
	for some := range slices.Chunk(ids, batch) {
		rows, err := tx.Item.Query().Where(item.IDIn(some...), item.AccountID(tx.Account)).Select(item.FieldKind).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading promised items: %w", err)
		}
		for _, row := range rows {
			kinds[row.ID] = row.Kind
		}
	}
	return kinds, nil
}

// mostTold is how many promises are told one by one in the history when they are kept.
const mostTold = 100

// keep gives a person who has just joined what their invitation promised, on the items that are still there, with
// as many statements for many as for one. The campaigns whose rotation they join were locked with lockRotations.
func keep(ctx context.Context, tx *feed.Tx, inv *ent.Invitation, person uuid.UUID) error {
	tx.ByJob = feed.ByInvitation
	rows, err := tx.QueryContext(ctx, store.Rebind(tx.Dialect, `SELECT i.id, i.name, p.level, p.round_robin FROM promises p JOIN items i ON i.id = p.item_id
		WHERE p.invitation_id = ? AND i.deleted_at = 0 ORDER BY i.id`), inv.ID)
	if err != nil {
		return fmt.Errorf("reading promises: %w", err)
	}
	defer rows.Close()
	var lines []audit.Line
	var joins []uuid.UUID
	total, removed := 0, 0
	for rows.Next() {
		var id uuid.UUID
		var name, level string
		var roundRobin bool
		if err := rows.Scan(&id, &name, &level, &roundRobin); err != nil {
			return err
		}
		tx.Granted(person, id, visibilityevent.BeforeAbsent)
		if roundRobin {
			joins = append(joins, id)
		}
		verb := audit.Granted
		if level == string(promise.LevelNone) {
			verb = audit.Revoked
			removed++
		}
		if total++; total <= mostTold {
			lines = append(lines, audit.Line{Verb: verb, Item: id, Person: person, Detail: map[string]string{
				"item": name, "before": string(visibilityevent.BeforeAbsent), "after": level, "by": "invitation",
			}})
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("reading promises: %w", err)
	}
	if err := sharing.TakeRanks(ctx, tx, joins); err != nil {
		return err
	}
	// The promise becomes the edge, and gives it its id. A rank that was just taken is the campaign's head.
	_, err = tx.ExecContext(ctx, store.Rebind(tx.Dialect, `INSERT INTO access
			(id, created_at, account_id, collaborator_id, item_id, level, round_robin, rotation_rank, last_lead_at, item_seq)
		SELECT p.id, CAST(?1 AS bigint), p.account_id, ?2, p.item_id, p.level, p.round_robin,
			CASE WHEN p.round_robin THEN (SELECT rotation_head FROM campaigns WHERE id = p.item_id) ELSE 0 END, 0, 0
		FROM promises p JOIN items i ON i.id = p.item_id WHERE p.invitation_id = ?3 AND i.deleted_at = 0`),
		int64(instant.Now()), person, inv.ID)
	if err != nil {
		return fmt.Errorf("giving what was promised: %w", err)
	}
	if _, err := tx.Promise.Delete().Where(promise.InvitationID(inv.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("removing promises: %w", err)
	}
	if total > mostTold {
		lines = []audit.Line{{Verb: audit.AccessChanged, Person: person, Detail: map[string]string{
			"added": strconv.Itoa(total - removed), "removed": strconv.Itoa(removed), "joined": strconv.Itoa(len(joins)), "by": "invitation",
		}}}
	}
	for _, line := range lines {
		if inv.InvitedBy != nil {
			line.Actor = *inv.InvitedBy
		}
		tx.Note(line)
	}
	return nil
}

// lockRotations locks the campaigns whose rotation an invitation promises, in the order of their ids, as everywhere:
// items come before people.
func lockRotations(ctx context.Context, tx *feed.Tx, invitation uuid.UUID) error {
	if tx.Dialect != dialect.Postgres { // SQLite has one writer
		return nil
	}
	_, err := tx.ExecContext(ctx, `SELECT id FROM items WHERE id IN (SELECT item_id FROM promises WHERE invitation_id = $1 AND round_robin)
		ORDER BY id FOR NO KEY UPDATE`, invitation)
	if err != nil {
		return fmt.Errorf("locking rotations: %w", err)
	}
	return nil
}
