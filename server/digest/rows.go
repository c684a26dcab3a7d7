package digest

import (
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
)

// Contact is what copies have of a contact.
type Contact struct {
	ID                                                       uuid.UUID
	Email, FirstName, LastName, Company, City, Fields, State string
	Version                                                  int64
	CreatedAt, ChangedAt                                     instant.Instant
}

// Digest returns the digest of the contact, hashed in v.
func (c *Contact) Digest(v *Values) Row {
	v.ID(c.ID).Text(c.Email).Text(c.FirstName).Text(c.LastName).Text(c.Company).Text(c.City).Text(c.Fields).Text(c.State)
	return v.Number(c.Version).Number(int64(c.CreatedAt)).Number(int64(c.ChangedAt)).Row()
}

// Entry is what copies have of a blacklist's entry.
type Entry struct {
	ID                        uuid.UUID
	Kind, Value, Reason, Note string
	Version                   int64
	CreatedAt, ChangedAt      instant.Instant
}

// Digest returns the digest of the entry, hashed in v.
func (e *Entry) Digest(v *Values) Row {
	v.ID(e.ID).Text(e.Kind).Text(e.Value).Text(e.Reason).Text(e.Note)
	return v.Number(e.Version).Number(int64(e.CreatedAt)).Number(int64(e.ChangedAt)).Row()
}
