package read

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/partage-mail/partage/ent"
)

// Contact is one address in one contact list.
type Contact struct{ *ent.Contact }

// IsNode marks the type as a Node.
func (*Contact) IsNode() {}

// ID returns the API's id.
func (c *Contact) ID() string { return GlobalID(ContactID, c.Contact.ID) }

// ContactField is a further field of a contact.
type ContactField struct{ Name, Value string }

// Fields returns the further fields by name.
func (c *Contact) Fields() ([]*ContactField, error) {
	var byName map[string]string
	if err := json.Unmarshal([]byte(c.Contact.Fields), &byName); err != nil {
		return nil, fmt.Errorf("read: fields of contact %s: %w", c.Contact.ID, err)
	}
	fields := make([]*ContactField, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		fields = append(fields, &ContactField{name, byName[name]})
	}
	return fields, nil
}

// BlacklistEntry is an address or a domain that is not mailed.
type BlacklistEntry struct{ *ent.BlacklistEntry }

// IsNode marks the type as a Node.
func (*BlacklistEntry) IsNode() {}

// ID returns the API's id.
func (e *BlacklistEntry) ID() string { return GlobalID(EntryID, e.BlacklistEntry.ID) }
