package followup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/merge"
)

// MaxNotes is how many characters the notes on a lead have at most.
const MaxNotes = 20000

// Patch holds the fields of a lead to set; nil leaves a field as it is. Values are trimmed, and control characters in
// them become spaces; notes keep their lines.
type Patch struct {
	// Email is the address; empty for none.
	Email *string
	// Name, Phone and Notes have at most intake.MaxName, intake.MaxPhone and MaxNotes characters.
	Name, Phone, Notes *string
	State              *lead.State
}

// Change sets fields of a lead, on the version base that the viewer saw. Fields that others have changed since stay
// as they are and are returned. Faults: NotFound, Denied, Invalid.
func (d *Desk) Change(ctx context.Context, id uuid.UUID, base int64, p Patch) ([]merge.Conflict, error) {
	out, err := d.change(ctx, id, p, func(l *ent.Lead, versions map[string]int64) (*merge.Merge, error) {
		return merge.New(l.Version, base, versions)
	})
	return out.Conflicts, err
}

// ChangeLate is Change of a lead of the campaign by somebody who had no contact to the server when they made it.
func (d *Desk) ChangeLate(ctx context.Context, campaign, id uuid.UUID, base merge.Base, p Patch) (merge.Outcome, error) {
	return d.change(ctx, id, p, func(l *ent.Lead, versions map[string]int64) (*merge.Merge, error) {
		if l.CampaignID != campaign {
			return nil, fault.Missing("lead")
		}
		return merge.Late(l.Version, l.ChangedAt, base, versions), nil
	})
}

func (d *Desk) change(ctx context.Context, id uuid.UUID, p Patch, begin func(*ent.Lead, map[string]int64) (*merge.Merge, error)) (out merge.Outcome, err error) {
	err = d.on(ctx, []uuid.UUID{id}, func(ctx context.Context, w *work) error {
		email, err := p.check()
		if err != nil {
			return err
		}
		l := *w.leads[0]
		versions, err := versionsOf(&l)
		if err != nil {
			return err
		}
		m, err := begin(&l, versions)
		if err != nil {
			return err
		}
		p.apply(&l, m, email)
		if out = (merge.Outcome{Version: m.Made(), Conflicts: m.Conflicts()}); len(m.Changed()) == 0 {
			return nil
		}
		if l.EmailKey == "" && l.Name == "" && l.Phone == "" {
			return fault.Field("email", "An address, a phone number or a name is needed.")
		}
		return w.each(ctx, func(*ent.Lead) bool { return true }, func(_ *ent.Item, rows *feed.Rows, _ []*ent.Lead) error {
			err := w.Lead.UpdateOneID(l.ID).SetEmail(l.Email).SetEmailKey(l.EmailKey).SetName(l.Name).SetPhone(l.Phone).
				SetPhoneKey(intake.PhoneKey(l.Phone)).SetSearchKey(intake.SearchKey(l.Name, l.Email, l.Phone)).
				SetState(l.State).SetNotes(l.Notes).SetVersion(m.Version()).SetFieldVersions(encode(m.Versions())).
				SetRowSeq(rows.Seq).SetChangedAt(w.now).Exec(ctx)
			if err != nil {
				return fmt.Errorf("changing a lead: %w", err)
			}
			return nil
		})
	})
	if err != nil {
		return merge.Outcome{}, err
	}
	return out, nil
}

// check tidies the values in place and returns the address, which is empty where none is set.
func (p *Patch) check() (email address.Address, err error) {
	var errs []error
	tidy := func(field string, value **string, most int, lines bool) {
		if *value == nil {
			return
		}
		text := printable(**value, lines)
		if !utf8.ValidString(**value) {
			errs = append(errs, fault.Field(field, "This is not text: it holds bytes that are not UTF-8."))
		} else if n := utf8.RuneCountInString(text); n > most {
			errs = append(errs, fault.Field(field, "At most %d characters are possible; these are %d.", most, n))
		}
		*value = &text
	}
	tidy("name", &p.Name, intake.MaxName, false)
	tidy("phone", &p.Phone, intake.MaxPhone, false)
	tidy("notes", &p.Notes, MaxNotes, true)
	if p.Email != nil && strings.TrimSpace(*p.Email) != "" {
		email, err = address.Parse(*p.Email)
		if f := fault.As(err); f != nil {
			err = fault.Field("email", "%s", f)
		}
		errs = append(errs, err)
	}
	if p.State != nil && lead.StateValidator(*p.State) != nil {
		errs = append(errs, fault.Field("state", "There is no such state."))
	}
	return email, errors.Join(errs...)
}

// apply merges the checked values into a lead.
func (p *Patch) apply(l *ent.Lead, m *merge.Merge, email address.Address) {
	if p.Email != nil && m.Take("email", email.Written, l.Email) {
		l.Email, l.EmailKey = email.Written, email.Key
	}
	for _, text := range []struct {
		field  string
		yours  *string
		theirs *string
	}{{"name", p.Name, &l.Name}, {"phone", p.Phone, &l.Phone}, {"notes", p.Notes, &l.Notes}} {
		if text.yours != nil && m.Take(text.field, *text.yours, *text.theirs) {
			*text.theirs = *text.yours
		}
	}
	if p.State != nil && m.Take("state", string(*p.State), string(l.State)) {
		l.State = *p.State
	}
}

// versionsOf returns in which version each field of a lead last changed.
func versionsOf(l *ent.Lead) (map[string]int64, error) {
	versions := make(map[string]int64)
	if l.FieldVersions == "" {
		return versions, nil
	}
	if err := json.Unmarshal([]byte(l.FieldVersions), &versions); err != nil {
		return nil, fmt.Errorf("reading the field versions of lead %s: %w", l.ID, err)
	}
	return versions, nil
}

// printable trims a text and makes its control characters spaces; lines are kept where there may be some.
func printable(s string, lines bool) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case lines && r == '\r':
			return -1
		case lines && (r == '\n' || r == '\t'):
			return r
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s))
}
