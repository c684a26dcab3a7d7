package identity

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Me is what a person says of themselves; what is nil stays.
type Me struct {
	FirstName, LastName *string
	// Locale is "en" or "fr".
	Locale *string
}

// ChangeMe changes what the signed-in person is called and the language of what they read. Every account that they may
// open shows them under the new name from the same commit on, with a line in its history; and each is told that the
// person changed, also where only the language did, so that their other windows follow. What is as it was changes
// nothing. An account that has shut them out keeps the name it knows, until it lets them in again (CallByLogin).
// Faults: Unauthenticated, and Invalid, joined where several fields are wrong.
func (i *Identity) ChangeMe(ctx context.Context, m Me) error {
	me, err := signedIn(ctx)
	if err != nil {
		return err
	}
	if err := m.check(); err != nil {
		return err
	}
	return i.feed.WriteSeveral(ctx, func(ctx context.Context, s *feed.Several) error {
		lock := s.User.Query().Where(user.ID(me.User))
		if s.Dialect == dialect.Postgres { // SQLite has one writer
			lock.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
		}
		was, err := lock.Only(asServer(ctx))
		if err != nil {
			return fmt.Errorf("reading a login: %w", err)
		}
		if err := i.confirm(ctx, s.Tx, me); err != nil {
			return err
		}
		is := *was
		m.apply(&is)
		if is.FirstName == was.FirstName && is.LastName == was.LastName && is.Locale == was.Locale {
			return nil
		}
		err = s.User.Update().Where(user.ID(me.User)).SetFirstName(is.FirstName).SetLastName(is.LastName).SetLocale(is.Locale).Exec(ctx)
		if err != nil {
			return fmt.Errorf("changing a login: %w", err)
		}
		people, err := s.Collaborator.Query().Where(collaborator.UserID(me.User), mayComeIn()).
			Order(collaborator.ByID()).All(asServer(ctx))
		if err != nil {
			return fmt.Errorf("looking for the accounts of a person: %w", err)
		}
		for _, p := range people {
			tx := s.In(p.AccountID)
			tx.PersonChanged(p.ID)
			if err := call(ctx, tx, p, &is); err != nil {
				return err
			}
		}
		return nil
	})
}

// CallByLogin has a person of the transaction's account called there what they call themselves by now: for whoever lets
// them in again.
func CallByLogin(ctx context.Context, tx *feed.Tx, p *ent.Collaborator) error {
	login, err := tx.User.Get(asServer(ctx), p.UserID)
	if err != nil {
		return fmt.Errorf("reading a login: %w", err)
	}
	return call(ctx, tx, p, login)
}

// call has a collaborator called like their login. It locks their row in any case.
func call(ctx context.Context, tx *feed.Tx, p *ent.Collaborator, login *ent.User) error {
	u := tx.Collaborator.Update().Where(collaborator.ID(p.ID)).
		SetFirstName(login.FirstName).SetLastName(login.LastName).
		SetSearchKey(SearchKey(login.FirstName, login.LastName, p.Email))
	if p.FirstName != login.FirstName || p.LastName != login.LastName {
		before, after := p.FirstName+" "+p.LastName, login.FirstName+" "+login.LastName
		u.AddVersion(1)
		tx.PersonChanged(p.ID)
		tx.Note(audit.Line{Verb: audit.Renamed, Actor: p.ID, Person: p.ID, Detail: map[string]string{"before": before, "after": after}})
	}
	if err := u.Exec(ctx); err != nil {
		return fmt.Errorf("renaming a person: %w", err)
	}
	return nil
}

// check tidies the values and refuses what is no name or language.
func (m *Me) check() error {
	var errs []error
	name := func(field, what string, value **string) {
		if *value != nil {
			tidied, err := CheckName(field, what, **value)
			*value, errs = &tidied, append(errs, err)
		}
	}
	name("firstName", "The first name", &m.FirstName)
	name("lastName", "The last name", &m.LastName)
	if m.Locale != nil && user.LocaleValidator(user.Locale(*m.Locale)) != nil {
		errs = append(errs, fault.Field("locale", "The language is en or fr."))
	}
	return errors.Join(errs...)
}

func (m *Me) apply(u *ent.User) {
	u.FirstName = *cmp.Or(m.FirstName, &u.FirstName)
	u.LastName = *cmp.Or(m.LastName, &u.LastName)
	if m.Locale != nil {
		u.Locale = user.Locale(*m.Locale)
	}
}
