package identity

import (
	"context"
	"fmt"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/onetimetoken"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/throttle"
)

// RequestPasswordReset writes a mail with a link that sets a new password, if the address has a login.
// The answer is the same if it has none, and the time nearly so: both count the request and commit, and
// only the writing of two rows more tells them apart. A new link voids the ones before.
func (i *Identity) RequestPasswordReset(ctx context.Context, email string) error {
	a, err := CheckEmail("email", email)
	if err != nil {
		return err
	}
	person, err := i.userByKey(ctx, a.Key)
	if err != nil {
		return err
	}
	err = i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		err := i.throttle.Take(ctx, tx, resetsOfClient().Of(clientOf(ctx)), resetsOfName().Of(a.Key))
		if err != nil || person == nil {
			return err
		}
		if err := voidLinks(ctx, tx, person.ID); err != nil {
			return err
		}
		token, hash := NewToken(resetPrefix)
		err = tx.OneTimeToken.Create().SetUserID(person.ID).SetPurpose(onetimetoken.PurposeResetPassword).
			SetTokenHash(hash).SetExpiresAt(i.instant().Add(ResetLife)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("making a link: %w", err)
		}
		return i.mailing.Write(ctx, tx, mailing.PasswordReset(recipient(person), i.resetLink(token), ResetLife))
	})
	if err != nil {
		return err
	}
	i.mailing.Wake()
	return nil
}

// ResetPassword sets a new password with the token of a link. The token works once, also when it is used
// twice at the same moment. Every session of the person ends, their failed logins are forgotten, and they
// are told by mail.
func (i *Identity) ResetPassword(ctx context.Context, token, fresh string) error {
	hash, ok := HashToken(resetPrefix, token)
	if !ok {
		return spentLink()
	}
	// A look before the work of hashing; what counts is the condition below.
	usable := onetimetoken.And(onetimetoken.TokenHash(hash), onetimetoken.PurposeEQ(onetimetoken.PurposeResetPassword),
		onetimetoken.ExpiresAtGT(i.instant()))
	link, err := i.store.Client().OneTimeToken.Query().Where(usable).WithUser().Only(asServer(ctx))
	if ent.IsNotFound(err) {
		return spentLink()
	}
	if err != nil {
		return fmt.Errorf("reading a link: %w", err)
	}
	person := link.Edges.User
	err = checkPassword("newPassword", fresh, address.Address{Written: person.Email, Key: person.EmailKey})
	if err != nil {
		return err
	}
	stored, err := i.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	err = i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.OneTimeToken.Delete().Where(usable).Exec(ctx)
		if err != nil {
			return fmt.Errorf("using a link: %w", err)
		}
		if n == 0 {
			return spentLink()
		}
		err = tx.User.Update().Where(user.ID(person.ID)).SetPasswordHash(stored).Exec(ctx)
		if err != nil {
			return fmt.Errorf("setting a password: %w", err)
		}
		for _, c := range []throttle.Count{loginsOfName().Of(person.EmailKey), resetsOfName().Of(person.EmailKey)} {
			if err := i.throttle.Forget(ctx, tx, c); err != nil {
				return err
			}
		}
		return i.replaced(ctx, tx, person)
	})
	if err != nil {
		return err
	}
	i.mailing.Wake()
	return nil
}

func spentLink() *fault.Fault {
	return fault.Field("token", "This link was used already or has expired. Ask for a new one.")
}
