package identity

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Credentials are how a person signs in.
type Credentials struct {
	Email    string
	Password string
	// Account is opened at once; with the zero id it is the only one the person may open, or none.
	Account uuid.UUID
	// Apart opens no account where none is named: the session then outlasts every membership.
	Apart bool
}

// LogIn begins a session. A wrong password and an unknown address are the same Invalid fault, an account
// that the person may not open is NotFound, too many tries are Exhausted without a look at the password.
func (i *Identity) LogIn(ctx context.Context, c Credentials, d Device) (Ticket, error) {
	device, errDevice := checkDevice(d.Name)
	d.Name = device
	email, errEmail := CheckEmail("email", c.Email)
	if err := errors.Join(errEmail, errDevice); err != nil {
		return Ticket{}, err
	}
	client, name := loginsOfClient().Of(clientOf(ctx)), loginsOfName().Of(email.Key)
	err := i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return i.throttle.Take(ctx, tx, client, name)
	})
	if err != nil {
		return Ticket{}, err
	}
	person, err := i.userByKey(ctx, email.Key)
	if err != nil {
		return Ticket{}, err
	}
	hash, err := i.prove(ctx, person, c.Password)
	if err != nil {
		return Ticket{}, err
	}
	if hash == "" {
		return Ticket{}, wrongPassword()
	}
	var t Ticket
	err = i.feed.WriteSeveral(ctx, func(ctx context.Context, s *feed.Several) error {
		tx := s.Tx
		// The password may have been changed since it was read: then this session must not begin.
		n, err := tx.User.Update().Where(user.ID(person.ID), user.PasswordHash(person.PasswordHash)).
			SetPasswordHash(hash).Save(ctx)
		if err != nil {
			return fmt.Errorf("confirming a password: %w", err)
		}
		if n == 0 {
			return wrongPassword()
		}
		var in *membership
		if !c.Apart || c.Account != uuid.Nil {
			if in, err = choose(ctx, tx, person.ID, c.Account); err != nil {
				return err
			}
		}
		if err := i.throttle.GiveBack(ctx, tx, client); err != nil {
			return err
		}
		if err := i.throttle.Forget(ctx, tx, name); err != nil {
			return err
		}
		if t, err = i.begin(ctx, tx, person.ID, in, d); err != nil {
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

// prove returns the hash to store for a password that is right, made anew where its cost has changed, and
// an empty one for a password that is wrong. For no person at all it does the same work.
func (i *Identity) prove(ctx context.Context, person *ent.User, password string) (string, error) {
	stored := ""
	if person != nil {
		stored = person.PasswordHash
	}
	match, outdated, err := i.hasher.verify(ctx, password, stored)
	switch {
	case err != nil:
		return "", fmt.Errorf("checking a password: %w", err)
	case !match:
		return "", nil
	case outdated:
		return i.hasher.hash(ctx, password)
	}
	return stored, nil
}

func wrongPassword() *fault.Fault {
	return fault.Field("password", "The address or the password is wrong.")
}

// userByKey returns the person with an address, or nil.
func (i *Identity) userByKey(ctx context.Context, key string) (*ent.User, error) {
	person, err := i.store.Client().User.Query().Where(user.EmailKey(key)).Only(asServer(ctx))
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("looking for a login: %w", err)
	}
	return person, nil
}

// choose finds the membership to open: of the account, or with the zero id the only one, if it is that.
func choose(ctx context.Context, tx *ent.Tx, person, account uuid.UUID) (*membership, error) {
	where := []predicate.Collaborator{collaborator.UserID(person), mayComeIn()}
	if account != uuid.Nil {
		where = append(where, collaborator.AccountID(account))
	}
	found, err := tx.Collaborator.Query().Where(where...).Limit(2).All(asServer(ctx))
	if err != nil {
		return nil, fmt.Errorf("looking for an account to open: %w", err)
	}
	switch {
	case len(found) == 1:
		return &membership{found[0].AccountID, found[0].ID}, nil
	case account != uuid.Nil:
		return nil, fault.Missing("account")
	}
	return nil, nil
}
