package identity

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Founder is a person without a login who begins an account.
type Founder struct {
	Email     string
	Password  string
	FirstName string
	LastName  string
	// AccountName is what the account is called.
	AccountName string
	// Locale is the language of the person and of the account's mails, "en" or "fr"; empty means "en".
	Locale string
}

// Founded is an account that has begun.
type Founded struct {
	User         uuid.UUID
	Account      uuid.UUID
	Collaborator uuid.UUID
}

// SignUp makes a person, an account with them as its owner, and a session that opens it, all or nothing.
// An address that has a login already is a Conflict on the field email. What is wrong with several fields
// comes back joined. Where sign-up is closed the answer is Denied.
func (i *Identity) SignUp(ctx context.Context, f Founder, d Device) (Ticket, error) {
	if i.closed {
		return Ticket{}, fault.New(fault.Denied, "Sign-up is closed on this server. Ask its operator, or an owner of an account to invite you.")
	}
	device, errDevice := checkDevice(d.Name)
	d.Name = device
	ready, errInput := i.prepare(f)
	if err := errors.Join(errInput, errDevice); err != nil {
		return Ticket{}, err
	}
	err := i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return i.throttle.Take(ctx, tx, signUpsOfClient().Of(clientOf(ctx)))
	})
	if err != nil {
		return Ticket{}, err
	}
	var t Ticket
	_, err = i.found(ctx, ready, func(ctx context.Context, tx *feed.Tx, a Founded) (err error) {
		t, err = i.Begin(ctx, tx, a.Collaborator, d)
		return err
	})
	if err != nil {
		return Ticket{}, err
	}
	return t, nil
}

// Found makes a person and an account with them as its owner, whether sign-up is open or not, without a
// session: for the server's own use, such as filling a demo.
func (i *Identity) Found(ctx context.Context, f Founder) (Founded, error) {
	ready, err := i.prepare(f)
	if err != nil {
		return Founded{}, err
	}
	return i.found(ctx, ready, func(context.Context, *feed.Tx, Founded) error { return nil })
}

// founder is a Founder whose input was checked.
type founder struct {
	Founder
	email address.Address
}

func (i *Identity) prepare(f Founder) (founder, error) {
	r := founder{Founder: f}
	var errs [6]error
	r.email, errs[0] = CheckEmail("email", f.Email)
	errs[1] = checkPassword("password", f.Password, r.email)
	r.FirstName, errs[2] = CheckName("firstName", "The first name", f.FirstName)
	r.LastName, errs[3] = CheckName("lastName", "The last name", f.LastName)
	r.AccountName, errs[4] = CheckName("accountName", "The name of the account", f.AccountName)
	r.Locale, errs[5] = checkLocale(f.Locale)
	return r, errors.Join(errs[:]...)
}

// found stores the person and the account; and adds what belongs into the same transaction.
func (i *Identity) found(ctx context.Context, f founder, and func(context.Context, *feed.Tx, Founded) error) (Founded, error) {
	taken, err := i.store.Client().User.Query().Where(user.EmailKey(f.email.Key)).Exist(asServer(ctx))
	if err != nil {
		return Founded{}, fmt.Errorf("looking for an address: %w", err)
	}
	if taken {
		return Founded{}, addressTaken()
	}
	hash, err := i.hasher.hash(ctx, f.Password)
	if err != nil {
		return Founded{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Founded{}, err
	}
	var made Founded
	err = i.feed.Write(ctx, id, func(ctx context.Context, tx *feed.Tx) error {
		err := tx.Tx.Account.Create().SetID(id).SetName(f.AccountName).SetLocale(account.Locale(f.Locale)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("beginning an account: %w", err)
		}
		tx.SettingsChanged()
		person, err := tx.User.Create().SetEmail(f.email.Written).SetEmailKey(f.email.Key).SetPasswordHash(hash).
			SetFirstName(f.FirstName).SetLastName(f.LastName).SetLocale(user.Locale(f.Locale)).Save(ctx)
		if ent.IsConstraintError(err) {
			return addressTaken() // by someone who was a moment faster
		}
		if err != nil {
			return fmt.Errorf("making a login: %w", err)
		}
		made = Founded{User: person.ID, Account: id}
		made.Collaborator, err = join(ctx, tx, person, Joiner{
			FirstName: f.FirstName, LastName: f.LastName,
			Role: collaborator.RoleOwner, CanSend: true, CanExport: true,
		})
		if err != nil {
			return err
		}
		return and(ctx, tx, made)
	})
	if err != nil {
		return Founded{}, err
	}
	return made, nil
}

func addressTaken() *fault.Fault {
	f := fault.New(fault.Conflict, "This address has a login already. Sign in with it, or set a new password.")
	f.Field = "email"
	return f
}
