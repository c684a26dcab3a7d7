package graph

import (
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
)

// text returns an optional string; nil is empty.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// itemID returns the uuid of an item of one kind, or the NotFound fault, worded like that of a command which
// finds none.
func itemID(id string, kind item.Kind) (uuid.UUID, error) {
	switch kind {
	case item.KindCampaign:
		return read.ParseIDAs(id, "campaign", read.CampaignID)
	case item.KindTemplate:
		return read.ParseIDAs(id, "template", read.TemplateID)
	case item.KindContactList:
		return read.ParseIDAs(id, "contact list", read.ContactListID)
	default:
		return read.ParseIDAs(id, "blacklist", read.BlacklistID)
	}
}

// itemIDs returns the uuids of an input field that names items of one kind, nil where it is left out.
func itemIDs(field string, ids []string, kind item.Kind) (*[]uuid.UUID, error) {
	if ids == nil {
		return nil, nil
	}
	uuids := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		u, err := itemID(id, kind)
		if f := fault.As(err); f != nil {
			f.Field = field
		}
		if err != nil {
			return nil, err
		}
		uuids[i] = u
	}
	return &uuids, nil
}

func createCampaign(in model.CreateCampaignInput) (library.Patch, error) {
	lists, err := itemIDs("lists", in.Lists, item.KindContactList)
	if err != nil {
		return library.Patch{}, err
	}
	blacklists, err := itemIDs("blacklists", in.Blacklists, item.KindBlacklist)
	return library.Patch{
		Name: &in.Name, Subject: &in.Subject, Preheader: &in.Preheader,
		SenderName: &in.SenderName, SenderEmail: &in.SenderEmail, ReplyTo: &in.ReplyTo,
		Format: &in.Format, Body: &in.Body, Lists: lists, Blacklists: blacklists,
	}, err
}

func changeCampaign(in model.ChangeCampaignInput) (library.Patch, error) {
	lists, err := itemIDs("lists", in.Lists, item.KindContactList)
	if err != nil {
		return library.Patch{}, err
	}
	blacklists, err := itemIDs("blacklists", in.Blacklists, item.KindBlacklist)
	return library.Patch{
		Name: in.Name, Subject: in.Subject, Preheader: in.Preheader,
		SenderName: in.SenderName, SenderEmail: in.SenderEmail, ReplyTo: in.ReplyTo,
		Format: in.Format, Body: in.Body, Lists: lists, Blacklists: blacklists,
	}, err
}

func createTemplate(in model.CreateTemplateInput) library.Patch {
	return library.Patch{Name: &in.Name, Subject: &in.Subject, Preheader: &in.Preheader, Format: &in.Format, Body: &in.Body}
}

func changeTemplate(in model.ChangeTemplateInput) library.Patch {
	return library.Patch{Name: in.Name, Subject: in.Subject, Preheader: in.Preheader, Format: in.Format, Body: in.Body}
}

func createContactList(in model.CreateContactListInput) library.Patch {
	return library.Patch{Name: &in.Name, Description: &in.Description}
}

func changeContactList(in model.ChangeContactListInput) library.Patch {
	return library.Patch{Name: in.Name, Description: in.Description}
}

func createBlacklist(in model.CreateBlacklistInput) library.Patch {
	return library.Patch{Name: &in.Name, Description: &in.Description}
}

func changeBlacklist(in model.ChangeBlacklistInput) library.Patch {
	return library.Patch{Name: in.Name, Description: in.Description}
}

// contactFields returns further fields by name. One that is named twice is an Invalid fault: which value is
// meant cannot be known.
func contactFields(in []*model.ContactFieldInput) (map[string]string, error) {
	if in == nil {
		return nil, nil
	}
	fields := make(map[string]string, len(in))
	for _, f := range in {
		if _, twice := fields[f.Name]; twice {
			return nil, fault.Field("fields", "The field %q is named twice.", f.Name)
		}
		fields[f.Name] = f.Value
	}
	return fields, nil
}

func createContact(in model.CreateContactInput) (addressbook.ContactPatch, error) {
	fields, err := contactFields(in.Fields)
	return addressbook.ContactPatch{
		Email: &in.Email, FirstName: &in.FirstName, LastName: &in.LastName,
		Company: &in.Company, City: &in.City, Fields: fields,
	}, err
}

func changeContact(in model.ChangeContactInput) (addressbook.ContactPatch, error) {
	fields, err := contactFields(in.Fields)
	return addressbook.ContactPatch{
		Email: in.Email, FirstName: in.FirstName, LastName: in.LastName,
		Company: in.Company, City: in.City, Fields: fields, State: in.State,
	}, err
}

func changeEntry(in model.ChangeBlacklistEntryInput) addressbook.EntryPatch {
	return addressbook.EntryPatch{Reason: in.Reason, Note: in.Note}
}
