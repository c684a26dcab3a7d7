package identity

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Choice is an account that a person may open.
type Choice struct {
	Account      uuid.UUID
	Name         string
	Collaborator uuid.UUID
	Role         collaborator.Role
	// LastVisitAt is when they were last in it, to within five minutes; 0 if never.
	LastVisitAt instant.Instant
}

// Choices returns the accounts that the signed-in person may open, last visited first.
func (i *Identity) Choices(ctx context.Context) ([]Choice, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := i.query(ctx, `SELECT a.id, a.name, c.id, c.role, c.last_visit_at
		FROM collaborators c JOIN accounts a ON a.id = c.account_id
		WHERE c.user_id = ? AND c.status = 'active' AND c.removed_at = 0
		ORDER BY c.last_visit_at DESC, a.name, a.id`, me.User)
	if err != nil {
		return nil, fmt.Errorf("listing accounts: %w", err)
	}
	defer rows.Close()
	var list []Choice
	for rows.Next() {
		var c Choice
		if err := rows.Scan(&c.Account, &c.Name, &c.Collaborator, &c.Role, &c.LastVisitAt); err != nil {
			return nil, fmt.Errorf("listing accounts: %w", err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// OpenAccount begins a session of the signed-in person in another account of theirs, without a password.
// An account that does not exist, is not theirs or is closed to them is the same NotFound.
//
// The asking session stays as it is, unless both travel as cookies: the new one replaces it.
func (i *Identity) OpenAccount(ctx context.Context, account uuid.UUID, d Device) (Ticket, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return Ticket{}, err
	}
	if account == uuid.Nil {
		return Ticket{}, fault.Missing("account")
	}
	if d.Name, err = checkDevice(d.Name); err != nil {
		return Ticket{}, err
	}
	if d.Name == "" {
		d.Name = me.Device
	}
	var t Ticket
	err = i.feed.WriteSeveral(ctx, func(ctx context.Context, s *feed.Several) error {
		in, err := choose(ctx, s.Tx, me.User, account)
		if err != nil {
			return err
		}
		if err := i.confirm(ctx, s.Tx, me); err != nil {
			return err
		}
		if t, err = i.begin(ctx, s.Tx, me.User, in, d); err != nil {
			return err
		}
		record(s, in, d)
		return nil
	})
	if err != nil {
		return Ticket{}, err
	}
	return t, nil
}

// confirm refuses a session that has ended: one that ends at this moment, as by a new password, must not leave
// another one behind.
func (i *Identity) confirm(ctx context.Context, tx *ent.Tx, s Session) error {
	n, err := tx.Session.Update().Where(session.ID(s.ID), session.ExpiresAtGT(i.instant())).
		SetLastUsedAt(i.instant()).Save(ctx)
	if err != nil {
		return fmt.Errorf("confirming a session: %w", err)
	}
	if n == 0 {
		return ended()
	}
	return nil
}
