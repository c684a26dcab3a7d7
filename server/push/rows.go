package push

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/followup"
)

// contact creates, changes or deletes a contact.
func (p *Push) contact(ctx context.Context, c change) (Result, error) {
	f := c.fields
	patch := addressbook.ContactPatch{}
	if c.op != "delete" {
		patch = addressbook.ContactPatch{
			Email: f.text("email"), FirstName: f.text("first_name"), LastName: f.text("last_name"), Company: f.text("company"),
			City: f.text("city"), Fields: f.texts("fields"), State: (*contact.State)(f.text("state")),
		}
	}
	if err := f.end(); err != nil {
		return Result{}, err
	}
	switch c.op {
	case "create":
		return added(p.addressbook.AddContact(ctx, c.item, c.id, patch))
	case "change":
		out, err := p.addressbook.ChangeContactLate(ctx, c.item, c.id, c.base, patch)
		return outcome(out), err
	default:
		return Result{State: Applied}, p.addressbook.DeleteContactLate(ctx, c.item, c.id)
	}
}

// entry creates, changes or deletes an entry of a blacklist.
func (p *Push) entry(ctx context.Context, c change) (Result, error) {
	f := c.fields
	patch := addressbook.EntryPatch{}
	var value, kind *string
	if c.op != "delete" {
		patch = addressbook.EntryPatch{Reason: (*blacklistentry.Reason)(f.text("reason")), Note: f.text("note")}
		value, kind = f.text("value"), f.text("kind")
	}
	if err := f.end(); err != nil {
		return Result{}, err
	}
	switch c.op {
	case "create":
		if value == nil {
			return Result{}, fault.Field("value", "An address or a domain is missing.")
		}
		if is, err := addressbook.KindOf(*value); err == nil && kind != nil && *kind != string(is) {
			return Result{}, fault.Field("kind", "What this is follows from the value; it is %q.", is)
		}
		return added(p.addressbook.AddEntry(ctx, c.item, c.id, *value, patch))
	case "change":
		if value != nil || kind != nil {
			return Result{}, fault.Field("value", "What an entry is of never changes. Add another one.")
		}
		out, err := p.addressbook.ChangeEntryLate(ctx, c.item, c.id, c.base, patch)
		return outcome(out), err
	default:
		return Result{State: Applied}, p.addressbook.DeleteEntryLate(ctx, c.item, c.id, c.base)
	}
}

// lead changes or deletes a lead.
func (p *Push) lead(ctx context.Context, c change) (Result, error) {
	f := c.fields
	patch := followup.Patch{}
	switch c.op {
	case "create":
		return Result{}, fault.Field("op", "Leads come in through forms and files.")
	case "change":
		patch = followup.Patch{
			Email: f.text("email"), Name: f.text("name"), Phone: f.text("phone"), Notes: f.text("notes"), State: (*lead.State)(f.text("state")),
		}
	}
	if err := f.end(); err != nil {
		return Result{}, err
	}
	if c.op == "delete" {
		return Result{State: Applied}, p.desk.DeleteLate(ctx, c.item, c.id)
	}
	out, err := p.desk.ChangeLate(ctx, c.item, c.id, c.base, patch)
	return outcome(out), err
}

// added is the result of a row that was added.
func added(out addressbook.Added, err error) (Result, error) {
	r := outcome(out.Outcome)
	if out.Into != uuid.Nil {
		r.State, r.Into = Merged, &out.Into
	}
	return r, err
}
