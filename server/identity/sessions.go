package identity

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Listed is a session in a list.
type Listed struct {
	Session
	// AccountName is the name of the account it opened; empty where it opened none.
	AccountName string
	// Current is true for the session that asks.
	Current bool
}

// Sessions returns the live sessions of the signed-in person, last used first, at most 100.
func (i *Identity) Sessions(ctx context.Context) ([]Listed, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return i.list(ctx, me, "s.user_id = ?", me.User)
}

// SessionsOf returns the live sessions of a person in the account that is open, last used first, at most 100: to its
// owners and to the person, nil to others.
func (i *Identity) SessionsOf(ctx context.Context, person uuid.UUID) ([]Listed, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	v, err := sharing.From(ctx)
	if err != nil || !v.Owner() && v.Collaborator != person {
		return nil, err
	}
	return i.list(ctx, me, "c.account_id = ? AND s.collaborator_id = ?", v.Account, person)
}

func (i *Identity) list(ctx context.Context, me Session, where string, args ...any) ([]Listed, error) {
	rows, err := i.query(ctx, `SELECT s.id, s.user_id, s.device, s.carrier, s.created_at, s.last_used_at, s.expires_at,
			s.collaborator_id, c.account_id, a.name
		FROM sessions s LEFT JOIN collaborators c ON c.id = s.collaborator_id LEFT JOIN accounts a ON a.id = c.account_id
		WHERE `+where+` AND s.expires_at > ? ORDER BY s.last_used_at DESC, s.id DESC LIMIT 100`,
		append(args, int64(i.instant()))...)
	if err != nil {
		return nil, fmt.Errorf("listing sessions: %w", err)
	}
	defer rows.Close()
	list := []Listed{}
	for rows.Next() {
		var l Listed
		var c, a uuid.NullUUID
		var name sql.NullString
		if err := rows.Scan(&l.ID, &l.User, &l.Device, &l.Carrier, &l.CreatedAt, &l.LastUsedAt, &l.ExpiresAt, &c, &a, &name); err != nil {
			return nil, fmt.Errorf("listing sessions: %w", err)
		}
		l.Collaborator, l.Account, l.AccountName, l.Current = c.UUID, a.UUID, name.String, l.ID == me.ID
		list = append(list, l)
	}
	return list, rows.Err()
}

// LogOut ends the session of the request. It answers false, and no error, where there is none.
func (i *Identity) LogOut(ctx context.Context) (bool, error) {
	me, ok := SessionFrom(ctx)
	if !ok {
		return false, nil
	}
	n, err := i.end(ctx, me.User, session.ID(me.ID))
	return n > 0, err
}

// EndSession ends one of the signed-in person's sessions or, for an owner, one that somebody has in the account that is
// open, which its history tells. Any other does not exist.
func (i *Identity) EndSession(ctx context.Context, id uuid.UUID) error {
	me, err := signedIn(ctx)
	if err != nil {
		return err
	}
	n, err := i.end(ctx, me.User, session.ID(id))
	if err != nil || n > 0 {
		return err
	}
	if v, err := sharing.From(ctx); err != nil || !v.Owner() {
		return fault.Missing("session")
	}
	return i.feed.WriteSeveral(ctx, func(ctx context.Context, s *feed.Several) error { return i.endOfOther(ctx, s, id) })
}

// endOfOther ends a session that is not the asking owner's own.
func (i *Identity) endOfOther(ctx context.Context, s *feed.Several, id uuid.UUID) error {
	tx := s.Tx
	now, err := i.Within(ctx, tx)
	if err != nil {
		return err
	}
	v, err := sharing.From(now)
	if err != nil {
		return err
	}
	row, err := tx.Session.Query().Where(session.ID(id), session.ExpiresAtGT(i.instant()),
		session.HasCollaboratorWith(collaborator.AccountID(v.Account))).Only(asServer(ctx))
	if ent.IsNotFound(err) || err == nil && !v.Owner() {
		return fault.Missing("session")
	}
	if err != nil {
		return fmt.Errorf("reading a session to end: %w", err)
	}
	n, err := tx.Session.Delete().Where(session.ID(id)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	if n == 0 { // somebody else was faster
		return fault.Missing("session")
	}
	s.In(v.Account).Note(audit.Line{
		Verb: audit.SessionEnded, Actor: v.Collaborator, Person: *row.CollaboratorID, Detail: map[string]string{"device": row.Device},
	})
	return nil
}
