package followup

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// SetState says how far leads are. Faults: NotFound, Denied, Invalid.
func (d *Desk) SetState(ctx context.Context, ids []uuid.UUID, state lead.State) error {
	return d.on(ctx, ids, func(ctx context.Context, w *work) error {
		if lead.StateValidator(state) != nil {
			return fault.Field("state", "There is no such state.")
		}
		differs := func(l *ent.Lead) bool { return l.State != state }
		return w.each(ctx, differs, func(_ *ent.Item, rows *feed.Rows, leads []*ent.Lead) error {
			changes := make([][3]any, len(leads))
			for i, l := range leads {
				versions, err := versionsOf(l)
				if err != nil {
					return err
				}
				m, err := merge.New(l.Version, l.Version, versions)
				if err != nil {
					return err
				}
				m.Set("state")
				changes[i] = [3]any{l.ID, m.Version(), encode(m.Versions())}
			}
			id, version, from := `value ->> 0`, `value ->> 1`, `json_each(?1)`
			if w.Dialect == dialect.Postgres {
				id, version, from = `(value ->> 0)::uuid`, `(value ->> 1)::bigint`, `jsonb_array_elements(CAST(?1 AS jsonb)) AS value`
			}
			err := w.exec(ctx, `UPDATE leads SET state = ?2, version = `+version+`, field_versions = value ->> 2, row_seq = ?3, changed_at = ?4
				FROM `+from+` WHERE leads.id = `+id, encode(changes), string(state), rows.Seq, int64(w.now))
			if err != nil {
				return fmt.Errorf("setting the state of leads: %w", err)
			}
			return nil
		})
	})
}

// Reassign gives leads to a person who is active and sees their campaigns, or with the zero id has them wait for the
// rotation. Faults: NotFound, Denied, Invalid.
func (d *Desk) Reassign(ctx context.Context, ids []uuid.UUID, assignee uuid.UUID) error {
	return d.on(ctx, ids, func(ctx context.Context, w *work) error {
		if err := w.mayFollow(ctx, assignee); err != nil {
			return err
		}
		decision := intake.Record{Decision: intake.ByHand, To: assignee, By: w.viewer.Collaborator}.String()
		to, given := any(nil), int64(0)
		if assignee != uuid.Nil {
			to, given = assignee, int64(w.now)
		}
		differs := func(l *ent.Lead) bool { return whose(l) != assignee }
		return w.each(ctx, differs, func(it *ent.Item, rows *feed.Rows, leads []*ent.Lead) error {
			if err := leave(ctx, rows, leads); err != nil {
				return err
			}
			err := w.exec(ctx, `UPDATE leads SET assignee_id = ?2, assigned_at = ?3, decision = ?4, row_seq = ?5, changed_at = ?6,
				version = version + 1 WHERE id IN (`+store.IDs(w.Dialect, "?1")+`)`, store.List(idsOf(leads)), to, given, decision, rows.Seq, int64(w.now))
			if err != nil {
				return fmt.Errorf("reassigning leads: %w", err)
			}
			w.note(audit.LeadsReassigned, it, assignee, strconv.Itoa(len(leads)))
			return nil
		})
	})
}

// Delete deletes leads for good. By owners, and by managers who may change the campaign. Faults: NotFound, Denied,
// Invalid.
func (d *Desk) Delete(ctx context.Context, ids []uuid.UUID) (deleted int, err error) {
	err = d.on(ctx, ids, func(ctx context.Context, w *work) error {
		deleted = len(w.leads)
		return w.delete(ctx)
	})
	if err != nil {
		return 0, err
	}
	return deleted, nil
}

// DeleteLate is Delete of one lead of the campaign by somebody who had no contact to the server when they decided on
// it. It wins over what others have changed since.
func (d *Desk) DeleteLate(ctx context.Context, campaign, id uuid.UUID) error {
	return d.on(ctx, []uuid.UUID{id}, func(ctx context.Context, w *work) error {
		if w.leads[0].CampaignID != campaign {
			return fault.Missing("lead")
		}
		return w.delete(ctx)
	})
}

func (w *work) delete(ctx context.Context) error {
	if w.viewer.Role == collaborator.RoleMember {
		return fault.New(fault.Denied, "Members do not delete leads; ask a manager or an owner.")
	}
	return w.each(ctx, func(*ent.Lead) bool { return true }, func(it *ent.Item, rows *feed.Rows, leads []*ent.Lead) error {
		if err := leave(ctx, rows, leads); err != nil {
			return err
		}
		if err := rows.Removed(ctx, idsOf(leads)...); err != nil {
			return err
		}
		if err := w.exec(ctx, `DELETE FROM leads WHERE id IN (`+store.IDs(w.Dialect, "?1")+`)`, store.List(idsOf(leads))); err != nil {
			return fmt.Errorf("deleting leads: %w", err)
		}
		w.note(audit.LeadsDeleted, it, uuid.Nil, strconv.Itoa(len(leads)))
		return nil
	})
}

// mayFollow refuses a person who cannot follow the leads up. They stay as they are until the transaction ends.
func (w *work) mayFollow(ctx context.Context, person uuid.UUID) error {
	if person == uuid.Nil {
		return nil
	}
	q := w.Collaborator.Query().Where(collaborator.ID(person))
	if w.Dialect == dialect.Postgres {
		q.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
	}
	p, err := q.Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return fault.Missing("person")
	case err != nil:
		return fmt.Errorf("reading a person: %w", err)
	case p.Status != collaborator.StatusActive:
		return fault.Field("assignee", "%s is deactivated and cannot follow leads up.", sharing.Name(p))
	}
	seen, err := w.Item.Query().Where(item.IDIn(w.campaignIDs()...)).IDs(sharing.NewContext(ctx, sharing.Eyes(p)))
	if err != nil {
		return fmt.Errorf("looking with a person's eyes: %w", err)
	}
	for _, it := range w.campaigns {
		if !slices.Contains(seen, it.ID) {
			return fault.Field("assignee", "%s does not see %q. Give them access first.", sharing.Name(p), it.Name)
		}
	}
	return nil
}

func (w *work) campaignIDs() []uuid.UUID {
	ids := make([]uuid.UUID, len(w.campaigns))
	for i, it := range w.campaigns {
		ids[i] = it.ID
	}
	return ids
}

// whose is who follows a lead up; the zero id while it waits.
func whose(l *ent.Lead) uuid.UUID {
	if l.AssigneeID == nil {
		return uuid.Nil
	}
	return *l.AssigneeID
}

func (w *work) exec(ctx context.Context, query string, args ...any) error {
	_, err := w.ExecContext(ctx, store.Rebind(w.Dialect, query), args...)
	return err
}

func encode(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // ids, numbers and strings only
	}
	return string(text)
}
