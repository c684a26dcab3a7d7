package addressbook

import (
	"unicode/utf8"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
)

// ContactPatch holds the fields of a contact to set; nil leaves a field as it is, or empty in a new contact.
// Values are tidied as in a file: no space at the ends, spaces for control characters.
type ContactPatch struct {
	// Email is the address; a new contact needs one.
	Email *string
	// FirstName and LastName have at most 100 characters, Company and City 200.
	FirstName, LastName, Company, City *string
	// Fields are further fields to set by name; an empty value removes one, those not named stay. A name has
	// 1 to 100 characters, a value at most 2,000; a contact has at most 200 further fields of 32 kB together.
	Fields map[string]string
	// State is whether the contact may be mailed; a new one may, where it is nil.
	State *contact.State
}

// patch is a ContactPatch that has been checked.
type patch struct {
	email  *address.Address
	texts  map[string]string // by field
	fields map[string]string
	state  *contact.State
}

// The attributes of a contact that are plain texts, as the API calls them.
func (c *Contact) texts() map[string]*string {
	return map[string]*string{
		"firstName": &c.FirstName, "lastName": &c.LastName, "company": &c.Company, "city": &c.City,
	}
}

func (p *ContactPatch) checked() (patch, error) {
	out := patch{texts: make(map[string]string), state: p.State}
	if p.Email != nil {
		a, err := parse(*p.Email, "email")
		if err != nil {
			return out, err
		}
		out.email = &a
	}
	for _, text := range []struct {
		field string
		value *string
		most  int
	}{
		{"firstName", p.FirstName, maxName}, {"lastName", p.LastName, maxName},
		{"company", p.Company, maxCompany}, {"city", p.City, maxCity},
	} {
		if text.value == nil {
			continue
		}
		value := tidy(*text.value)
		if err := atMost(text.field, *text.value, value, text.most); err != nil {
			return out, err
		}
		out.texts[text.field] = value
	}
	if p.State != nil && contact.StateValidator(*p.State) != nil {
		return out, fault.Field("state", "There is no such state.")
	}
	var err error
	out.fields, err = checkedFields(p.Fields)
	return out, err
}

func checkedFields(fields map[string]string) (map[string]string, error) {
	if len(fields) > maxColumns {
		return nil, tooManyFields()
	}
	out := make(map[string]string, len(fields))
	for written, value := range fields {
		name := tidy(written)
		if err := atMost("fields", written, name, maxHeader); err != nil {
			return nil, err
		}
		if name == "" {
			return nil, fault.Field("fields", "The name of a further field is missing.")
		}
		if _, twice := out[name]; twice {
			return nil, fault.Field("fields", "The field %q is named twice.", name)
		}
		out[name] = printable(value)
		if err := atMost("fields", value, out[name], maxValue); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// atMost refuses a value whose tidied form is too long, or that is not text.
func atMost(field, written, tidied string, most int) error {
	if !utf8.ValidString(written) {
		return fault.Field(field, "This is not text: it holds bytes that are not UTF-8.")
	}
	if n := utf8.RuneCountInString(tidied); n > most {
		return fault.Field(field, "At most %d characters are possible; these are %d.", most, n)
	}
	return nil
}

func tooManyFields() error {
	return fault.Field("fields", "A contact has at most %d further fields.", maxColumns)
}

// parse reads an address that a person wrote into a field.
func parse(s, field string) (address.Address, error) {
	a, err := address.Parse(s)
	if f := fault.As(err); f != nil {
		return a, fault.Field(field, "%s", f)
	}
	return a, err
}
