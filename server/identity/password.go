package identity

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/onetimetoken"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/mailing"
)

// ChangePassword sets a new password for the signed-in person, ends their other sessions, voids links that
// would set one, and tells them by mail. A wrong old password is counted like a wrong login.
func (i *Identity) ChangePassword(ctx context.Context, old, fresh string) error {
	me, err := signedIn(ctx)
	if err != nil {
		return err
	}
	person, err := i.store.Client().User.Get(asServer(ctx), me.User)
	if err != nil {
		return fmt.Errorf("reading a login: %w", err)
	}
	switch err := checkPassword("newPassword", fresh, address.Address{Written: person.Email, Key: person.EmailKey}); {
	case err != nil:
		return err
	case old == fresh:
		return fault.Field("newPassword", "The new password is the old one.")
	}
	tries := changesOfUser().Of(me.User.String())
	err = i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error { return i.throttle.Take(ctx, tx, tries) })
	if err != nil {
		return err
	}
	match, _, err := i.hasher.verify(ctx, old, person.PasswordHash)
	if err != nil {
		return fmt.Errorf("checking a password: %w", err)
	}
	if !match {
		return fault.Field("oldPassword", "The old password is wrong.")
	}
	hash, err := i.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	err = i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.User.Update().Where(user.ID(me.User), user.PasswordHash(person.PasswordHash)).
			SetPasswordHash(hash).Save(ctx)
		if err != nil {
			return fmt.Errorf("setting a password: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "The password was changed elsewhere at the same time. Sign in again.")
		}
		// A session that was ended meanwhile must not set the password of those who ended it.
		if n, err = tx.Session.Update().Where(session.ID(me.ID)).SetLastUsedAt(i.instant()).Save(ctx); err != nil {
			return fmt.Errorf("confirming a session: %w", err)
		}
		if n == 0 {
			return ended()
		}
		if err := i.throttle.Forget(ctx, tx, tries); err != nil {
			return err
		}
		return i.replaced(ctx, tx, person, session.IDNEQ(me.ID))
	})
	if err != nil {
		return err
	}
	i.mailing.Wake()
	return nil
}

// replaced does what belongs to every new password: it ends the sessions that match, voids the links and
// writes to the person.
func (i *Identity) replaced(ctx context.Context, tx *ent.Tx, person *ent.User, sessions ...predicate.Session) error {
	_, err := tx.Session.Delete().Where(append(sessions, session.UserID(person.ID))...).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending sessions: %w", err)
	}
	if err := voidLinks(ctx, tx, person.ID); err != nil {
		return err
	}
	return i.mailing.Write(ctx, tx, mailing.PasswordChanged(recipient(person), i.forgottenLink()))
}

// voidLinks deletes the person's unused links that set a password.
func voidLinks(ctx context.Context, tx *ent.Tx, person uuid.UUID) error {
	_, err := tx.OneTimeToken.Delete().Where(onetimetoken.UserID(person),
		onetimetoken.PurposeEQ(onetimetoken.PurposeResetPassword)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("voiding links: %w", err)
	}
	return nil
}

// end deletes sessions of a user that match. Live connections notice it by themselves (Live).
func (i *Identity) end(ctx context.Context, person uuid.UUID, which predicate.Session) (n int, err error) {
	err = i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err = tx.Session.Delete().Where(session.UserID(person), which).Exec(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("ending a session: %w", err)
	}
	return n, nil
}

func recipient(person *ent.User) mailing.Recipient {
	return mailing.Recipient{Email: person.Email, Name: person.FirstName, Locale: string(person.Locale)}
}
