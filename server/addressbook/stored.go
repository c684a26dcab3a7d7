package addressbook

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/merge"
)

// stored is a contact as its list has it.
type stored struct {
	Contact
	id      uuid.UUID
	state   contact.State
	version int64
	// history is in which version a field last changed, as JSON; empty while nothing has.
	history string
	// created is when it was made, digest that of the row that the database has; both zero before it is stored.
	created instant.Instant
	digest  digest.Row
}

func storedOf(c *ent.Contact) *stored {
	return &stored{
		Contact: Contact{
			Email:     address.Address{Written: c.Email, Key: c.EmailKey},
			FirstName: c.FirstName, LastName: c.LastName, Company: c.Company, City: c.City, Fields: c.Fields,
		},
		id: c.ID, state: c.State, version: c.Version, history: c.FieldVersions,
		created: c.CreatedAt, digest: digest.Stored(c.DigestA, c.DigestB),
	}
}

// digestAt returns the digest of the contact as it is stored at a moment.
func (s *stored) digestAt(now instant.Instant, v *digest.Values) digest.Row {
	c := digest.Contact{
		ID: s.id, Email: s.Email.Written, FirstName: s.FirstName, LastName: s.LastName, Company: s.Company, City: s.City,
		Fields: s.Fields, State: string(s.state), Version: s.version, CreatedAt: s.created, ChangedAt: now,
	}
	return c.Digest(v)
}

// fieldPrefix stands before the name of a further field where fields of all sorts are named together.
const fieldPrefix = "fields."

// apply merges a patch that was made on version base into the contact, and returns what was not taken.
// changed is false where the contact stays as it is.
func (s *stored) apply(p patch, base int64) (conflicts []merge.Conflict, changed bool, err error) {
	return s.merge(p, func(versions map[string]int64) (*merge.Merge, error) { return merge.New(s.version, base, versions) })
}

// merge merges a patch into the contact by the merge that begin makes of the versions of its fields.
func (s *stored) merge(p patch, begin func(map[string]int64) (*merge.Merge, error)) (conflicts []merge.Conflict, changed bool, err error) {
	versions, fields, err := s.read()
	if err != nil {
		return nil, false, err
	}
	recall(versions, fields, p.fields)
	m, err := begin(versions)
	if err != nil {
		return nil, false, err
	}
	if p.email != nil && m.Take("email", p.email.Written, s.Email.Written) {
		s.Email = *p.email
	}
	texts := s.texts()
	for _, field := range slices.Sorted(maps.Keys(p.texts)) {
		if m.Take(field, p.texts[field], *texts[field]) {
			*texts[field] = p.texts[field]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.fields)) {
		if m.Take(fieldPrefix+name, p.fields[name], fields[name]) {
			fields[name] = p.fields[name]
		}
	}
	s.applyState(m, p.state)
	changed, err = s.settle(m, fields)
	return m.Conflicts(), changed, err
}

// read returns the versions of the contact's fields and its further fields.
func (s *stored) read() (versions map[string]int64, fields map[string]string, err error) {
	if versions, err = s.versions(); err != nil {
		return nil, nil, err
	}
	if fields, err = DecodeFields(s.Fields); err != nil {
		return nil, nil, fmt.Errorf("reading the further fields of contact %s: %w", s.id, err)
	}
	return versions, fields, nil
}

// settle gives the contact its new version and further fields, where the merge has changed it.
func (s *stored) settle(m *merge.Merge, fields map[string]string) (changed bool, err error) {
	if len(m.Changed()) == 0 {
		return false, nil
	}
	maps.DeleteFunc(fields, func(_, value string) bool { return value == "" })
	if len(fields) > maxColumns {
		return false, tooManyFields()
	}
	if s.Fields = EncodeFields(fields); len(s.Fields) > maxFields {
		return false, fault.Field("fields", "The further fields of a contact have at most %d bytes together.", maxFields)
	}
	s.version = m.Version()
	history, err := json.Marshal(forget(m.Versions(), fields))
	s.history = string(history)
	return true, err
}

// applyState keeps suppression monotone. That a contact is not to be mailed is taken however old the change
// is; that it may be mailed again, only from somebody who saw it as it is.
func (s *stored) applyState(m *merge.Merge, state *contact.State) {
	switch {
	case state == nil || *state == s.state:
		return
	case s.state == contact.StateSubscribed:
		m.Set("state")
	case *state == contact.StateSubscribed && !m.UpToDate():
		m.Refuse("state", string(*state), string(s.state))
		return
	case !m.Take("state", string(*state), string(s.state)):
		return
	}
	s.state = *state
}

func (s *stored) versions() (map[string]int64, error) {
	versions := make(map[string]int64)
	if s.history == "" {
		return versions, nil
	}
	if err := json.Unmarshal([]byte(s.history), &versions); err != nil {
		return nil, fmt.Errorf("reading the field versions of contact %s: %w", s.id, err)
	}
	return versions, nil
}

// maxVersions is how many fields a contact remembers the versions of one by one.
const maxVersions = 2 * maxColumns

// removed is under what the removals that are not remembered one by one are: the newest of them.
const removed = "fields"

// forget puts the versions of fields that are gone together, where there are too many: names can be made up
// and removed without end.
func forget(versions map[string]int64, fields map[string]string) map[string]int64 {
	if len(versions) <= maxVersions {
		return versions
	}
	for key, version := range versions {
		name, further := strings.CutPrefix(key, fieldPrefix)
		if _, there := fields[name]; further && !there {
			delete(versions, key)
			versions[removed] = max(versions[removed], version)
		}
	}
	return versions
}

// recall gives fields that a patch names and that may have been forgotten the version of the newest that was.
func recall(versions map[string]int64, fields, named map[string]string) {
	newest := versions[removed]
	if newest == 0 {
		return
	}
	for name := range named {
		_, there := fields[name]
		if _, known := versions[fieldPrefix+name]; !there && !known {
			versions[fieldPrefix+name] = newest
		}
	}
}
