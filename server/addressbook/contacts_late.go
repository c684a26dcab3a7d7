package addressbook

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
)

// Late commands are those of somebody who had no contact to the server when they decided on them. None of them lets
// anybody be mailed who must not be: that is refused with a Conflict fault of the reason merge.OnlineOnly.

// Added is what became of a row that was added late.
type Added struct {
	merge.Outcome
	// Into is the row that was there already and took it in; zero where the row itself is new.
	Into uuid.UUID
}

// AddContact adds a contact with an id of the caller's to a list that the viewer in the context may change. If the
// list has the address, the contact that has it takes in what it lacks: what it has otherwise stays and is returned.
// It may become one that is not mailed, never one that is. Faults: NotFound, Denied, and Invalid, on "id" where it is
// taken.
func (b *Book) AddContact(ctx context.Context, list, id uuid.UUID, p ContactPatch) (out Added, err error) {
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := open(ctx, tx, item.KindContactList, list, "contact list"); err != nil {
			return err
		}
		s, err := newContact(id, p)
		if err != nil {
			return err
		}
		if err := unused(ctx, tx, "contacts", list, id); err != nil {
			return err
		}
		there, err := findContacts(ctx, tx, list, []string{s.Email.Key})
		if err != nil {
			return err
		}
		if known := there[s.Email.Key]; known != nil {
			out, err = b.intoContact(ctx, tx, list, known, p)
			return err
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		rows.Added(1)
		out = Added{Outcome: merge.Outcome{Version: 1}}
		return insertContacts(ctx, tx, list, rows, []*stored{s})
	})
	return out, err
}

// intoContact has a contact that is there take in another one with its address.
func (b *Book) intoContact(ctx context.Context, tx *feed.Tx, list uuid.UUID, s *stored, p ContactPatch) (Added, error) {
	checked, err := p.checked()
	if err != nil {
		return Added{}, err
	}
	conflicts, changed, err := s.fill(checked)
	if err != nil {
		return Added{}, err
	}
	out := Added{merge.Outcome{Conflicts: conflicts}, s.id}
	if !changed {
		return out, nil
	}
	out.Version = s.version
	rows, err := tx.Rows(ctx, list)
	if err != nil {
		return Added{}, err
	}
	return out, updateContacts(ctx, tx, rows, []*stored{s})
}

// fill takes over what the contact lacks, and that it is not to be mailed. An empty value says nothing.
func (s *stored) fill(p patch) (conflicts []merge.Conflict, changed bool, err error) {
	versions, fields, err := s.read()
	if err != nil {
		return nil, false, err
	}
	m := merge.Late(s.version, 0, merge.Base{Version: s.version}, versions)
	take := func(field, yours, theirs string) bool {
		switch {
		case yours == "" || yours == theirs:
			return false
		case theirs != "":
			m.Refuse(field, yours, theirs)
			return false
		}
		m.Set(field)
		return true
	}
	texts := s.texts()
	for _, field := range slices.Sorted(maps.Keys(p.texts)) {
		if take(field, p.texts[field], *texts[field]) {
			*texts[field] = p.texts[field]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.fields)) {
		if take(fieldPrefix+name, p.fields[name], fields[name]) {
			fields[name] = p.fields[name]
		}
	}
	if p.state != nil && *p.state != s.state {
		if s.state == contact.StateSubscribed {
			m.Set("state")
			s.state = *p.state
		} else {
			m.Refuse("state", string(*p.state), string(s.state))
		}
	}
	changed, err = s.settle(m, fields)
	return m.Conflicts(), changed, err
}

// ChangeContactLate is ChangeContact of a contact of the list. It sets nobody back to subscribed, and leaves a contact
// that is not mailed its address, which could otherwise be added anew: a change that makes a contact one of these
// and moves its address does the first and returns the second.
func (b *Book) ChangeContactLate(ctx context.Context, list, id uuid.UUID, base merge.Base, p ContactPatch) (out merge.Outcome, err error) {
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openContact(ctx, tx, id)
		if err != nil {
			return err
		}
		if row.ListID != list {
			return fault.Missing("contact")
		}
		checked, err := p.checked()
		if err != nil {
			return err
		}
		s := storedOf(row)
		moves := checked.email != nil && checked.email.Key != s.Email.Key
		var kept []merge.Conflict
		switch lifts := checked.state != nil && *checked.state == contact.StateSubscribed; {
		case lifts && s.state != contact.StateSubscribed:
			return onlineOnly("state", "This contact is %s; that is undone in the dashboard.", fault.Word(s.state))
		case moves && s.state != contact.StateSubscribed:
			return onlineOnly("email", "This contact is %s; its address is changed in the dashboard.", fault.Word(s.state))
		case moves && checked.state != nil && !lifts:
			kept = []merge.Conflict{{Field: "email", Yours: checked.email.Written, Theirs: s.Email.Written}}
			checked.email, moves = nil, false
		}
		conflicts, changed, err := s.merge(checked, func(versions map[string]int64) (*merge.Merge, error) {
			return merge.Late(s.version, row.ChangedAt, base, versions), nil
		})
		if err != nil {
			return err
		}
		if out = (merge.Outcome{Conflicts: append(kept, conflicts...)}); !changed {
			return nil
		}
		out.Version = s.version
		if moves && s.Email.Key != row.EmailKey {
			if err := vacant(ctx, tx, list, s); err != nil {
				return err
			}
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		return updateContacts(ctx, tx, rows, []*stored{s})
	})
	if err != nil {
		return merge.Outcome{}, err
	}
	return out, nil
}

// DeleteContactLate is DeleteContact of a contact of the list. It wins over what others have changed since, but for
// that the contact is not to be mailed.
func (b *Book) DeleteContactLate(ctx context.Context, list, id uuid.UUID) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openContact(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case row.ListID != list:
			return fault.Missing("contact")
		case row.State != contact.StateSubscribed:
			return onlineOnly("", "This contact is %s; it is deleted in the dashboard.", fault.Word(row.State))
		}
		return deleteContact(ctx, tx, row)
	})
}

// unused refuses an id that a row of the table has, whoever sees it, or that a deleted row of the same parent had:
// copies that have not heard yet that it went would let the new one go. The parent is locked.
func unused(ctx context.Context, tx *feed.Tx, table string, parent, id uuid.UUID) error {
	var n int
	err := tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM `+table+` WHERE id = ?1) +
		(SELECT count(*) FROM row_tombstones WHERE item_id = ?2 AND row_id = ?1)`, []any{id, parent}, &n)
	if err != nil {
		return fmt.Errorf("looking for an id: %w", err)
	}
	if n > 0 {
		return taken()
	}
	return nil
}

func taken() error { return fault.Field("id", "This id is taken. Make another one.") }

func onlineOnly(field, format string, args ...any) error {
	f := fault.New(fault.Conflict, format, args...)
	f.Reason, f.Field = merge.OnlineOnly, field
	return f
}
