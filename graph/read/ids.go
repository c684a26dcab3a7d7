package read

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
)

// Prefixes of the API's ids. An id is "<prefix>_<uuid>"; clients treat it as opaque.
const (
	AccountID     = "account"
	PersonID      = "person"
	UserID        = "user"
	SessionID     = "session"
	CampaignID    = "campaign"
	TemplateID    = "template"
	ContactListID = "list"
	BlacklistID   = "blacklist"
	ContactID     = "contact"
	EntryID       = "entry"
	InvitationID  = "invitation"
	JobID         = "job"
	LeadID        = "lead"
)

const uuidTextLength = 36

// prefixOf maps item kinds to their id prefixes.
var prefixOf = map[item.Kind]string{
	item.KindCampaign:    CampaignID,
	item.KindTemplate:    TemplateID,
	item.KindContactList: ContactListID,
	item.KindBlacklist:   BlacklistID,
}

// GlobalID returns the API's id of a thing.
func GlobalID(prefix string, id uuid.UUID) string { return prefix + "_" + id.String() }

// ItemID returns the API's id of an item.
func ItemID(kind item.Kind, id uuid.UUID) string { return GlobalID(prefixOf[kind], id) }

// ParseID splits an id of the API. What is no such id is the NotFound fault: an unknown form is as
// unknown as an unknown number.
func ParseID(global string) (prefix string, id uuid.UUID, err error) {
	prefix, text, ok := strings.Cut(global, "_")
	if !ok || len(text) != uuidTextLength || text != strings.ToLower(text) {
		return "", uuid.Nil, fault.Missing("thing")
	}
	id, err = uuid.Parse(text)
	if err != nil {
		return "", uuid.Nil, fault.Missing("thing")
	}
	return prefix, id, nil
}

// ParseIDAs returns the uuid of an id of one of the given prefixes, or the NotFound fault for the noun.
func ParseIDAs(global, noun string, prefixes ...string) (uuid.UUID, error) {
	got, id, err := ParseID(global)
	if err != nil || !slices.Contains(prefixes, got) {
		return uuid.Nil, fault.Missing(noun)
	}
	return id, nil
}

// ParseItemID returns the uuid of an item of any kind, or the NotFound fault.
func ParseItemID(global string) (uuid.UUID, error) {
	return ParseIDAs(global, "item", CampaignID, TemplateID, ContactListID, BlacklistID)
}
