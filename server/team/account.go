package team

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones on machines that have none

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
)

// Settings are what an account's owner changes; what is nil stays.
type Settings struct {
	Name *string
	// DefaultAudience is that of new items; items that exist stay as they are.
	DefaultAudience *account.DefaultAudience
	// Locale is the language of the account's mails.
	Locale *account.Locale
	// TimeZone is an IANA name.
	TimeZone *string
	// MemberLeads is which leads of a campaign they see members are shown. A change ends the members' positions in
	// the feed: their desktops read the workspace and the leads again, and drop what they may no longer hold.
	MemberLeads *account.MemberLeads
	// DesktopLockDays and DesktopEraseDays are after how many days without contact desktops lock their copies, and
	// erase them; 0 for never, at most MaxDesktopDays. None is erased before it is locked.
	DesktopLockDays, DesktopEraseDays *int
}

// MaxDesktopDays is the longest time that desktops may be left with their copies, short of for ever.
const MaxDesktopDays = 3650

// ChangeAccount changes the settings of the account that is open.
func (t *Team) ChangeAccount(ctx context.Context, s Settings) error {
	return t.owning(ctx, func(ctx context.Context, d *deed) error {
		if _, err := d.hold(ctx); err != nil {
			return err
		}
		acc, err := d.Tx.Tx.Account.Get(ctx, d.Account)
		if err != nil {
			return fmt.Errorf("reading the account: %w", err)
		}
		u, differs := d.Tx.Tx.Account.UpdateOne(acc), false
		tell := func(field, before, after string) bool {
			if before == after {
				return false
			}
			differs = true
			d.Note(audit.Line{Verb: audit.AccountChanged, Actor: d.viewer.Collaborator,
				Detail: map[string]string{"field": field, "before": before, "after": after}})
			return true
		}
		var errs [3]error
		if s.Name != nil {
			var name string
			if name, errs[0] = identity.CheckName("name", "The name of the account", *s.Name); errs[0] == nil && tell("name", acc.Name, name) {
				u.SetName(name)
			}
		}
		if s.TimeZone != nil {
			if errs[1] = checkTimeZone(*s.TimeZone); errs[1] == nil && tell("timeZone", acc.TimeZone, *s.TimeZone) {
				u.SetTimeZone(*s.TimeZone)
			}
		}
		if s.DefaultAudience != nil && tell("defaultAudience", string(acc.DefaultAudience), string(*s.DefaultAudience)) {
			u.SetDefaultAudience(*s.DefaultAudience)
		}
		if s.Locale != nil && tell("locale", string(acc.Locale), string(*s.Locale)) {
			u.SetLocale(*s.Locale)
		}
		if s.MemberLeads != nil && tell("memberLeads", string(acc.MemberLeads), string(*s.MemberLeads)) {
			u.SetMemberLeads(*s.MemberLeads).SetLeadsEpoch(rand.Int64())
		}
		lock, erase := or(s.DesktopLockDays, acc.DesktopLockDays), or(s.DesktopEraseDays, acc.DesktopEraseDays)
		if errs[2] = checkDesktop(lock, erase); errs[2] == nil {
			if tell("desktopLockDays", strconv.Itoa(acc.DesktopLockDays), strconv.Itoa(lock)) {
				u.SetDesktopLockDays(lock)
			}
			if tell("desktopEraseDays", strconv.Itoa(acc.DesktopEraseDays), strconv.Itoa(erase)) {
				u.SetDesktopEraseDays(erase)
			}
		}
		if err := errors.Join(errs[:]...); err != nil || !differs {
			return err
		}
		d.SettingsChanged()
		return u.AddVersion(1).Exec(ctx)
	})
}

func or(given *int, otherwise int) int {
	if given == nil {
		return otherwise
	}
	return *given
}

// checkDesktop refuses times that are none, and an end before the lock.
func checkDesktop(lock, erase int) error {
	switch {
	case lock < 0 || lock > MaxDesktopDays:
		return fault.Field("desktopLockDays", "Give 0 to %d days; 0 is never.", MaxDesktopDays)
	case erase < 0 || erase > MaxDesktopDays:
		return fault.Field("desktopEraseDays", "Give 0 to %d days; 0 is never.", MaxDesktopDays)
	case erase > 0 && erase < lock:
		return fault.Field("desktopEraseDays", "A copy is not erased before it is locked: give at least %d days, or 0 for never.", lock)
	}
	return nil
}

// checkTimeZone refuses what is no IANA name. "Local" and the empty name are this machine's affair.
func checkTimeZone(name string) error {
	_, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" || strings.TrimSpace(name) != name {
		return fault.Field("timeZone", "A time zone is a name such as Europe/Paris or UTC.")
	}
	return nil
}
