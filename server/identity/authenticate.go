package identity

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// StandingChanged is the Reason of Live's fault where the session goes on and the person's role or sight
// is another: connect again.
const StandingChanged = "STANDING_CHANGED"

// Authenticate returns a context that acts as the person whose token it is: its queries see what they see
// ([sharing.Viewer], with a zero Collaborator while no account is opened) and [SessionFrom] returns the
// session. A token that is unknown, expired or ended, or whose person was deactivated or removed, is the
// Unauthenticated fault with the Reason [Ended].
func (i *Identity) Authenticate(ctx context.Context, token string) (context.Context, error) {
	hash, ok := HashToken(sessionPrefix, token)
	if !ok {
		return nil, ended()
	}
	return i.as(ctx, i.store.Client(), "s.token_hash = ?", hash)
}

// Refresh returns the context of a request with the session and the person's standing as they are now,
// for connections that live longer than a request. Its faults are those of Authenticate. It counts as use
// of the session.
func (i *Identity) Refresh(ctx context.Context) (context.Context, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return i.as(ctx, i.store.Client(), "s.id = ?", me.ID)
}

// Resume is Authenticate without the token, for what was given to a session to act with in its place and names it. Whoever
// calls it knows that it was, and that person is who the session was then.
func (i *Identity) Resume(ctx context.Context, session, person uuid.UUID) (context.Context, error) {
	acting, err := i.as(ctx, i.store.Client(), "s.id = ?", session)
	if err != nil {
		return nil, err
	}
	if s, _ := SessionFrom(acting); s.Collaborator != person {
		return nil, ended()
	}
	return acting, nil
}

// Within is Refresh as a transaction sees it, for a request that is several transactions: what the person may do is
// decided anew in each.
func (i *Identity) Within(ctx context.Context, tx *ent.Tx) (context.Context, error) {
	me, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return i.as(ctx, tx, "s.id = ?", me.ID)
}

// Live returns nil while the session in the context holds and the person's standing is what the context
// says. Otherwise it is the fault of Authenticate, or an Unavailable fault with the Reason
// [StandingChanged]. Other errors are the database's and say nothing of the session. It is one read by
// primary keys; ask it about once a second. With the session it reads the account's change number and tells
// the feed, so that whoever follows the account here hears of what another node has committed.
func (i *Identity) Live(ctx context.Context) error {
	fresh, err := i.Refresh(ctx)
	if fault.Is(err, fault.Unauthenticated) {
		return err
	}
	if err != nil {
		// Not wrapped: a database that does not answer is a fault, too, and no reason to end a connection.
		return fmt.Errorf("reading a session: %v", err)
	}
	was, _ := ctx.Value(standingKey{}).(standing)
	is, _ := fresh.Value(standingKey{}).(standing)
	i.feed.Saw(is.viewer.Account, is.seq)
	if was.viewer.Role != is.viewer.Role || was.viewer.Sight != is.viewer.Sight || was.viewer.LeadsEpoch != is.viewer.LeadsEpoch {
		f := fault.New(fault.Unavailable, "Your rights in this account have changed. Connect again.")
		f.Reason = StandingChanged
		return f
	}
	return nil
}

// standing is who is asking: a session, and what its person is in the account that it opens.
type standing struct {
	session Session
	viewer  *sharing.Viewer
	seq     int64  // the account's change number
	locale  string // of what the person reads
}

type standingKey struct{}

// reader is what sessions are read from: the store's client or a transaction.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// as returns a context that acts as the person of the session that the condition names.
func (i *Identity) as(ctx context.Context, from reader, where string, arg any) (context.Context, error) {
	st, err := i.standing(ctx, from, where, arg)
	if err != nil {
		return nil, err
	}
	i.use(st.session)
	return acting(ctx, st), nil
}

// acting returns a context that acts as somebody, and answers in their language.
func acting(ctx context.Context, st standing) context.Context {
	ctx = caller.Speak(context.WithValue(ctx, standingKey{}, st), st.locale)
	return sharing.NewContext(ctx, st.viewer)
}

// standing reads a session and what its person is in the account that it opens. It runs at each request:
// one query by unique indexes.
func (i *Identity) standing(ctx context.Context, from reader, where string, arg any) (standing, error) {
	rows, err := from.QueryContext(ctx, store.Rebind(i.store.Dialect(), `SELECT s.id, s.user_id, s.device, s.carrier, s.created_at, s.last_used_at, s.expires_at,
			s.collaborator_id, c.account_id, c.role, c.status, c.sight, c.removed_at, a.seq, a.member_leads, a.leads_epoch, u.locale
		FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN collaborators c ON c.id = s.collaborator_id
			LEFT JOIN accounts a ON a.id = c.account_id WHERE `+where), arg)
	if err != nil {
		return standing{}, fmt.Errorf("reading a session: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return standing{}, fmt.Errorf("reading a session: %w", err)
		}
		return standing{}, ended()
	}
	var s Session
	var person, acc uuid.NullUUID
	var role, status, memberLeads sql.NullString
	var sight, removed, seq, leadsEpoch sql.NullInt64
	var locale string
	err = rows.Scan(&s.ID, &s.User, &s.Device, &s.Carrier, &s.CreatedAt, &s.LastUsedAt, &s.ExpiresAt,
		&person, &acc, &role, &status, &sight, &removed, &seq, &memberLeads, &leadsEpoch, &locale)
	if err != nil {
		return standing{}, fmt.Errorf("reading a session: %w", err)
	}
	if s.ExpiresAt <= i.instant() {
		return standing{}, ended()
	}
	v := &sharing.Viewer{User: s.User}
	if person.Valid {
		if status.String != string(collaborator.StatusActive) || removed.Int64 != 0 {
			return standing{}, ended()
		}
		s.Collaborator, s.Account = person.UUID, acc.UUID
		v.Collaborator, v.Account = person.UUID, acc.UUID
		v.Role, v.Sight = collaborator.Role(role.String), sight.Int64
		v.Limit(account.MemberLeads(memberLeads.String), leadsEpoch.Int64)
	}
	return standing{s, v, seq.Int64, locale}, nil
}

// query runs a reading query outside of transactions.
func (i *Identity) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return i.store.Client().QueryContext(ctx, store.Rebind(i.store.Dialect(), query), args...)
}

// Adopt returns the request's context acting as whoever the other context acts as; as before where that is
// nobody.
func Adopt(request, other context.Context) context.Context {
	st, ok := other.Value(standingKey{}).(standing)
	if !ok {
		return request
	}
	return acting(request, st)
}
