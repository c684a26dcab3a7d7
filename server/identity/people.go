package identity

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/fold"
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
	a, err := CheckEmail("email", email)
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
	email, errs[0] = CheckEmail("email", j.Email)
	j.FirstName, errs[1] = CheckName("firstName", "The first name", j.FirstName)
	j.LastName, errs[2] = CheckName("lastName", "The last name", j.LastName)
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
			SetSearchKey(SearchKey(j.FirstName, j.LastName, person.Email)).
			SetRole(j.Role).SetCanSend(j.CanSend).SetCanExport(j.CanExport).Save(ctx)
		if ent.IsConstraintError(err) {
			return uuid.Nil, alreadyIn()
		}
		if err != nil {
			return uuid.Nil, fmt.Errorf("adding a collaborator: %w", err)
		}
		j.came(tx, row.ID, person.Email)
		return row.ID, nil
	case err != nil:
		return uuid.Nil, fmt.Errorf("looking for a collaborator: %w", err)
	}
	n, err := tx.Collaborator.Update().Where(collaborator.ID(was.ID), collaborator.RemovedAtGT(0)).
		SetRemovedAt(0).SetStatus(collaborator.StatusActive).SetSight(NewSight(was.Sight)).AddVersion(1).
		SetEmail(person.Email).SetFirstName(j.FirstName).SetLastName(j.LastName).
		SetSearchKey(SearchKey(j.FirstName, j.LastName, person.Email)).
		SetRole(j.Role).SetCanSend(j.CanSend).SetCanExport(j.CanExport).ClearCreditPeriod().SetCreditAmount(0).Save(ctx)
	if err != nil {
		return uuid.Nil, fmt.Errorf("bringing a collaborator back: %w", err)
	}
	if n == 0 {
		return uuid.Nil, alreadyIn()
	}
	j.came(tx, was.ID, person.Email)
	return was.ID, nil
}

// came records that the joiner has come, for the feed and the history.
func (j Joiner) came(tx *feed.Tx, id uuid.UUID, email string) {
	tx.PersonChanged(id)
	tx.Note(audit.Line{Verb: audit.Joined, Actor: id, Person: id, Detail: map[string]string{
		"name": j.FirstName + " " + j.LastName, "email": email, "role": string(j.Role),
	}})
}

func alreadyIn() *fault.Fault {
	f := fault.New(fault.Conflict, "This person is in the account already.")
	f.Field = "email"
	return f
}

// mayComeIn is the condition on who may open their account.
func mayComeIn() predicate.Collaborator {
	return collaborator.And(collaborator.StatusEQ(collaborator.StatusActive), collaborator.RemovedAt(0))
}

// NewSight returns an epoch of sight that differs from the one before: for a person who from now on sees other
// things as a whole.
func NewSight(before int64) int64 {
	for {
		if s := rand.Int64(); s != before {
			return s
		}
	}
}

// SearchKey returns what lists of people are searched and ordered by: the names, last name first and the other
// way round, and the address, without case and accents. A line break, which no search can hold, keeps them apart.
func SearchKey(firstName, lastName, email string) string {
	const longest = 300 // characters of each part; folding spells some signs out at great length
	parts := []string{lastName + " " + firstName, firstName + " " + lastName, email}
	for i, p := range parts {
		p = fold.Fold(p)
		if r := []rune(p); len(r) > longest {
			p = string(r[:longest])
		}
		parts[i] = p
	}
	return strings.Join(parts, "\n")
}
