package identity

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Ended is the fault's Reason where a token is no longer good: sign in again.
const Ended = "SESSION_ENDED"

// Session is one sign-in on one device.
type Session struct {
	ID   uuid.UUID
	User uuid.UUID
	// Collaborator and Account are zero while no account is opened.
	Collaborator uuid.UUID
	Account      uuid.UUID
	// Device is what the client calls itself.
	Device  string
	Carrier session.Carrier
	// CreatedAt is when it began, LastUsedAt its last use to within five minutes, ExpiresAt when it ends
	// unless it is used.
	CreatedAt  instant.Instant
	LastUsedAt instant.Instant
	ExpiresAt  instant.Instant
}

// Ticket is a session that has begun.
type Ticket struct {
	// Token opens the session. It is known only here and to whom it is given.
	Token   string
	Session Session
}

// Device is how a client introduces itself.
type Device struct {
	// Name is what it calls itself; at most 100 characters, may be empty.
	Name string
	// Carrier is how it keeps the token; empty means bearer.
	Carrier session.Carrier
}

// SessionFrom returns the session of the request; ok is false where nobody is signed in.
func SessionFrom(ctx context.Context) (s Session, ok bool) {
	st, ok := ctx.Value(standingKey{}).(standing)
	return st.session, ok
}

// signedIn returns the session of the request or the Unauthenticated fault.
func signedIn(ctx context.Context) (Session, error) {
	s, ok := SessionFrom(ctx)
	if !ok {
		return Session{}, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return s, nil
}

func ended() *fault.Fault {
	f := fault.New(fault.Unauthenticated, "The session has ended. Sign in again.")
	f.Reason = Ended
	return f
}

// expiry returns when a session ends that began at one moment and was last used at another.
func expiry(began, used instant.Instant) instant.Instant {
	return min(used.Add(IdleLife), began.Add(LongestLife))
}

// Begin begins a session of one of the people of the transaction's account, in that account. The ticket counts
// once the transaction is committed. Where it is they who ask, their session must not have ended meanwhile.
func (i *Identity) Begin(ctx context.Context, tx *feed.Tx, person uuid.UUID, d Device) (Ticket, error) {
	name, err := checkDevice(d.Name)
	if err != nil {
		return Ticket{}, err
	}
	d.Name = name
	row, err := tx.Collaborator.Query().Where(collaborator.ID(person), collaborator.AccountID(tx.Account)).Only(asServer(ctx))
	if err != nil {
		return Ticket{}, fmt.Errorf("reading who begins a session: %w", err)
	}
	if me, ok := SessionFrom(ctx); ok && me.User == row.UserID {
		if err := i.confirm(ctx, tx.Tx, me); err != nil {
			return Ticket{}, err
		}
	}
	in := &membership{tx.Account, person}
	tx.Note(in.opened(d))
	return i.begin(ctx, tx.Tx, row.UserID, in, d)
}

// record has the line of a session that opens an account written into its history.
func record(s *feed.Several, in *membership, d Device) {
	if in != nil {
		s.In(in.account).Note(in.opened(d))
	}
}

// begin stores a new session of the user. With a membership it opens that account and notes the visit. A
// browser keeps one cookie: where both the asking session and the new one are that, the one it forgets ends
// instead of lingering.
func (i *Identity) begin(ctx context.Context, tx *ent.Tx, user uuid.UUID, in *membership, d Device) (Ticket, error) {
	now := i.instant()
	token, hash := NewToken(sessionPrefix)
	s := Session{User: user, Device: d.Name, Carrier: d.Carrier, CreatedAt: now, LastUsedAt: now, ExpiresAt: expiry(now, now)}
	if s.Carrier == "" {
		s.Carrier = session.CarrierBearer
	}
	create := tx.Session.Create().SetUserID(user).SetTokenHash(hash).SetDevice(s.Device).SetCarrier(s.Carrier).
		SetCreatedAt(now).SetLastUsedAt(now).SetExpiresAt(s.ExpiresAt)
	if in != nil {
		s.Collaborator, s.Account = in.collaborator, in.account
		create.SetCollaboratorID(in.collaborator)
		if err := in.visit(ctx, tx, user, now); err != nil {
			return Ticket{}, err
		}
	}
	if old, ok := replaced(ctx, s); ok {
		if _, err := tx.Session.Delete().Where(session.ID(old.ID)).Exec(ctx); err != nil {
			return Ticket{}, fmt.Errorf("replacing a session: %w", err)
		}
	}
	if err := makeRoom(ctx, tx, user); err != nil {
		return Ticket{}, err
	}
	row, err := create.Save(ctx)
	if err != nil {
		return Ticket{}, fmt.Errorf("beginning a session: %w", err)
	}
	s.ID = row.ID
	return Ticket{token, s}, nil
}

// mostSessions is how many a person may have: as many as lists of them show, so that none is out of sight.
const mostSessions = 100

// makeRoom ends the sessions that were used least lately, where there is no place for another one.
func makeRoom(ctx context.Context, tx *ent.Tx, user uuid.UUID) error {
	ids, err := tx.Session.Query().Where(session.UserID(user)).
		Order(session.ByLastUsedAt(sql.OrderDesc()), session.ByID(sql.OrderDesc())).Offset(mostSessions - 1).Limit(mostSessions).IDs(asServer(ctx))
	if err != nil {
		return fmt.Errorf("counting sessions: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.Session.Delete().Where(session.IDIn(ids...)).Exec(ctx); err != nil {
		return fmt.Errorf("ending sessions: %w", err)
	}
	return nil
}

// replaced returns the asking session if the browser forgets it for the new one.
func replaced(ctx context.Context, fresh Session) (Session, bool) {
	old, ok := SessionFrom(ctx)
	return old, ok && old.Carrier == session.CarrierCookie && fresh.Carrier == session.CarrierCookie
}

// membership names a person in an account.
type membership struct{ account, collaborator uuid.UUID }

func (m *membership) opened(d Device) audit.Line {
	return audit.Line{Verb: audit.LoggedIn, Actor: m.collaborator, Detail: map[string]string{"device": d.Name}}
}

// visit notes that the person opens the account. The condition and the row's lock keep out those who are
// deactivated at the same moment: either they are gone here, or their new session is ended there.
func (m *membership) visit(ctx context.Context, tx *ent.Tx, user uuid.UUID, now instant.Instant) error {
	n, err := tx.Collaborator.Update().
		Where(collaborator.ID(m.collaborator), collaborator.UserID(user), mayComeIn()).
		SetLastVisitAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("noting a visit: %w", err)
	}
	if n == 0 {
		return fault.Missing("account")
	}
	return nil
}

// touch is a session that was used.
type touch struct {
	id           uuid.UUID
	collaborator uuid.UUID // of the account that it has opened; zero where it has not
	used         instant.Instant
	expires      instant.Instant
}

// use notes that a session was used, at most every few minutes and outside of the request: Run writes it.
func (i *Identity) use(s Session) {
	now := i.instant()
	if now.Sub(s.LastUsedAt) < touchEvery {
		return
	}
	select {
	case i.touched <- touch{s.ID, s.Collaborator, now, expiry(s.CreatedAt, now)}:
	default: // the session's next request notes it
	}
}
