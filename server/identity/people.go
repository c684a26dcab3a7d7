package identity

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Joiner is a person who joins an account.
type Joiner struct {
	Email     string
	FirstName string
	LastName  string
	// Locale is the language of a login that is made here, "en" or "fr"; empty means "en".
	Locale string
	// PasswordHash is from HashPassword. It is used where the address has no login yet, and ignored where
	// it has one: joining never changes a password.
	PasswordHash string
	// Role is what they may do in general; empty means member.
	Role      collaborator.Role
	CanSend   bool
	CanExport bool
}

// HashPassword checks a new password for an address and returns what is stored of it. Call it outside of
// transactions: it takes tens of milliseconds.
func (i *Identity) HashPassword(ctx context.Context, email, password string) (string, error) {
	a, err := checkEmail("email", email)
	if err != nil {
		return "", err
	}
	if err := checkPassword("password", password, a); err != nil {
		return "", err
	}
	return i.hasher.hash(ctx, password)
}

// AddCollaborator lets a person into the transaction's account and returns who they are there. It makes a
// login where the address has none; one whose person was removed from the account comes back as the same
// collaborator. A person who is in the account already is a Conflict.
func AddCollaborator(ctx context.Context, tx *feed.Tx, j Joiner) (uuid.UUID, error) {
	email, j, err := j.check()
	if err != nil {
		return uuid.Nil, err
	}
	person, err := tx.User.Query().Where(user.EmailKey(email.Key)).Only(asServer(ctx))
	if ent.IsNotFound(err) {
		if j.PasswordHash == "" {
			return uuid.Nil, fault.Field("email", "This address has no login yet.")
		}
		person, err = tx.User.Create().SetEmail(email.Written).SetEmailKey(email.Key).SetPasswordHash(j.PasswordHash).
			SetFirstName(j.FirstName).SetLastName(j.LastName).SetLocale(user.Locale(j.Locale)).Save(ctx)
		if ent.IsConstraintError(err) {
			return uuid.Nil, addressTaken() // by someone who was a moment faster
		}
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("finding the login of a person who joins: %w", err)
	}
	return join(ctx, tx, person, j)
}

// check returns the joiner's address, and the joiner with what was left out.
func (j Joiner) check() (address.Address, Joiner, error) {
	var errs [4]error
	var email address.Address
	email, errs[0] = checkEmail("email", j.Email)
	j.FirstName, errs[1] = checkName("firstName", "The first name", j.FirstName)
	j.LastName, errs[2] = checkName("lastName", "The last name", j.LastName)
	j.Locale, errs[3] = checkLocale(j.Locale)
	if j.Role == "" {
		j.Role = collaborator.RoleMember
	}
	return email, j, errors.Join(errs[:]...)
}

// join makes the user a collaborator of the transaction's account, or brings them back.
func join(ctx context.Context, tx *feed.Tx, person *ent.User, j Joiner) (uuid.UUID, error) {
	was, err := tx.Collaborator.Query().
		Where(collaborator.AccountID(tx.Account), collaborator.UserID(person.ID)).Only(asServer(ctx))
	switch {
	case ent.IsNotFound(err):
		row, err := tx.Collaborator.Create().SetAccountID(tx.Account).SetUserID(person.ID).
			SetEmail(person.Email).SetFirstName(j.FirstName).SetLastName(j.LastName).
			SetRole(j.Role).SetCanSend(j.CanSend).SetCanExport(j.CanExport).Save(ctx)
		if ent.IsConstraintError(err) {
			return uuid.Nil, alreadyIn()
		}
		if err != nil {
			return uuid.Nil, fmt.Errorf("adding a collaborator: %w", err)
		}
		tx.PersonChanged(row.ID)
		return row.ID, nil
	case err != nil:
		return uuid.Nil, fmt.Errorf("looking for a collaborator: %w", err)
	}
	n, err := tx.Collaborator.Update().Where(collaborator.ID(was.ID), collaborator.RemovedAtGT(0)).
		SetRemovedAt(0).SetStatus(collaborator.StatusActive).SetSight(newSight(was.Sight)).AddVersion(1).
		SetEmail(person.Email).SetFirstName(j.FirstName).SetLastName(j.LastName).
		SetRole(j.Role).SetCanSend(j.CanSend).SetCanExport(j.CanExport).Save(ctx)
	if err != nil {
		return uuid.Nil, fmt.Errorf("bringing a collaborator back: %w", err)
	}
	if n == 0 {
		return uuid.Nil, alreadyIn()
	}
	tx.PersonChanged(was.ID)
	return was.ID, nil
}

func alreadyIn() *fault.Fault {
	f := fault.New(fault.Conflict, "This person is in the account already.")
	f.Field = "email"
	return f
}

// SetRole gives a person of the transaction's account another role. Where they become or cease to be an
// owner, what they see changes as a whole, and their positions in the feed end. The last active owner
// stays one: Conflict.
func SetRole(ctx context.Context, tx *feed.Tx, id uuid.UUID, role collaborator.Role) error {
	person, err := hold(ctx, tx, id)
	if err != nil || person.Role == role {
		return err
	}
	change := tx.Collaborator.UpdateOneID(id).SetRole(role).AddVersion(1)
	if person.Role == collaborator.RoleOwner || role == collaborator.RoleOwner {
		change.SetSight(newSight(person.Sight))
	}
	if role != collaborator.RoleOwner {
		if err := spare(ctx, tx, person); err != nil {
			return err
		}
	}
	if err := change.Exec(ctx); err != nil {
		return fmt.Errorf("changing a role: %w", err)
	}
	tx.PersonChanged(id)
	return nil
}

// Deactivate shuts a person out of the transaction's account: their sessions there end with the commit and
// do not come back, their items stay. Whoever is deactivated already stays so. The last active owner stays
// in: Conflict. Live connections learn of it from the wake-up of the account.
func Deactivate(ctx context.Context, tx *feed.Tx, id uuid.UUID) error {
	person, err := hold(ctx, tx, id)
	if err != nil || person.Status == collaborator.StatusDeactivated {
		return err
	}
	if err := spare(ctx, tx, person); err != nil {
		return err
	}
	if err := setStatus(ctx, tx, person, collaborator.StatusDeactivated); err != nil {
		return err
	}
	if _, err := tx.Session.Delete().Where(session.CollaboratorID(id)).Exec(ctx); err != nil {
		return fmt.Errorf("ending the sessions of a person: %w", err)
	}
	return nil
}

// Reactivate lets a deactivated person in again. They sign in anew.
func Reactivate(ctx context.Context, tx *feed.Tx, id uuid.UUID) error {
	person, err := hold(ctx, tx, id)
	if err != nil || person.Status == collaborator.StatusActive {
		return err
	}
	return setStatus(ctx, tx, person, collaborator.StatusActive)
}

func setStatus(ctx context.Context, tx *feed.Tx, person *ent.Collaborator, status collaborator.Status) error {
	err := tx.Collaborator.UpdateOneID(person.ID).SetStatus(status).SetSight(newSight(person.Sight)).AddVersion(1).Exec(ctx)
	if err != nil {
		return fmt.Errorf("changing the status of a person: %w", err)
	}
	tx.PersonChanged(person.ID)
	return nil
}

// hold returns a person of the account as they are now. Until the end of the transaction no other one
// that holds a person of this account goes on, so that two owners cannot demote each other at once.
func hold(ctx context.Context, tx *feed.Tx, id uuid.UUID) (*ent.Collaborator, error) {
	if tx.Dialect == dialect.Postgres { // SQLite has one writer
		_, err := tx.ExecContext(ctx, `SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE`, tx.Account)
		if err != nil {
			return nil, fmt.Errorf("holding an account: %w", err)
		}
	}
	person, err := tx.Collaborator.Query().
		Where(collaborator.ID(id), collaborator.AccountID(tx.Account), collaborator.RemovedAt(0)).Only(asServer(ctx))
	if ent.IsNotFound(err) {
		return nil, fault.Missing("person")
	}
	if err != nil {
		return nil, fmt.Errorf("reading a person: %w", err)
	}
	return person, nil
}

// spare refuses to take the last active owner from an account; it is held.
func spare(ctx context.Context, tx *feed.Tx, person *ent.Collaborator) error {
	if person.Role != collaborator.RoleOwner || person.Status != collaborator.StatusActive {
		return nil
	}
	others, err := tx.Collaborator.Query().Where(collaborator.AccountID(tx.Account), collaborator.IDNEQ(person.ID),
		collaborator.RoleEQ(collaborator.RoleOwner), mayComeIn()).Exist(asServer(ctx))
	if err != nil {
		return fmt.Errorf("looking for another owner: %w", err)
	}
	if !others {
		return fault.New(fault.Conflict, "An account needs an active owner. Make someone else an owner first.")
	}
	return nil
}

// mayComeIn is the condition on who may open their account.
func mayComeIn() predicate.Collaborator {
	return collaborator.And(collaborator.StatusEQ(collaborator.StatusActive), collaborator.RemovedAt(0))
}

// newSight returns an epoch of sight that differs from the one before.
func newSight(before int64) int64 {
	for {
		if s := rand.Int64(); s != before {
			return s
		}
	}
}
