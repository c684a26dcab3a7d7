package graph

import (
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
)

// text returns an optional string; nil is empty.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

var prefixes = map[item.Kind]string{
	item.KindCampaign:    read.CampaignID,
	item.KindTemplate:    read.TemplateID,
	item.KindContactList: read.ContactListID,
	item.KindBlacklist:   read.BlacklistID,
}

// itemID returns the uuid of an item of one kind, or the NotFound fault.
func itemID(id string, kind item.Kind) (uuid.UUID, error) {
	return read.ParseIDAs(id, "item", prefixes[kind])
}

func itemIDs(ids []string, kind item.Kind) (*[]uuid.UUID, error) {
	if ids == nil {
		return nil, nil
	}
	uuids := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		u, err := itemID(id, kind)
		if err != nil {
			return nil, err
		}
		uuids[i] = u
	}
	return &uuids, nil
}

// edgeIDs returns the uuids of an item and a person, or the NotFound fault.
func edgeIDs(it, person string) (uuid.UUID, uuid.UUID, error) {
	i, err := read.ParseItemID(it)
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	p, err := read.ParseIDAs(person, "person", read.PersonID)
	return i, p, err
}

func createCampaign(in model.CreateCampaignInput) (library.Patch, error) {
	lists, err := itemIDs(in.Lists, item.KindContactList)
	if err != nil {
		return library.Patch{}, err
	}
	blacklists, err := itemIDs(in.Blacklists, item.KindBlacklist)
	return library.Patch{
		Name: &in.Name, Subject: &in.Subject, Preheader: &in.Preheader,
		SenderName: &in.SenderName, SenderEmail: &in.SenderEmail, ReplyTo: &in.ReplyTo,
		Format: &in.Format, Body: &in.Body, Lists: lists, Blacklists: blacklists,
	}, err
}

func changeCampaign(in model.ChangeCampaignInput) (library.Patch, error) {
	lists, err := itemIDs(in.Lists, item.KindContactList)
	if err != nil {
		return library.Patch{}, err
	}
	blacklists, err := itemIDs(in.Blacklists, item.KindBlacklist)
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

func contactFields(in []*model.ContactFieldInput) map[string]string {
	if in == nil {
		return nil
	}
	fields := make(map[string]string, len(in))
	for _, f := range in {
		fields[f.Name] = f.Value
	}
	return fields
}

func createContact(in model.CreateContactInput) addressbook.ContactPatch {
	return addressbook.ContactPatch{
		Email: &in.Email, FirstName: &in.FirstName, LastName: &in.LastName,
		Company: &in.Company, City: &in.City, Fields: contactFields(in.Fields),
	}
}

func changeContact(in model.ChangeContactInput) addressbook.ContactPatch {
	return addressbook.ContactPatch{
		Email: in.Email, FirstName: in.FirstName, LastName: in.LastName,
		Company: in.Company, City: in.City, Fields: contactFields(in.Fields), State: in.State,
	}
}

func changeEntry(in model.ChangeBlacklistEntryInput) addressbook.EntryPatch {
	return addressbook.EntryPatch{Reason: in.Reason, Note: in.Note}
}
