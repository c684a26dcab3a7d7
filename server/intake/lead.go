package intake

import (
	"crypto/sha256"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
)

// The greatest lengths of a lead's values, in characters, and how many further fields it has.
const (
	MaxName       = 200
	MaxPhone      = 100
	MaxSource     = 200
	MaxFields     = 50
	MaxFieldName  = 100
	MaxFieldValue = 5000
	MaxRequestKey = 100

	leastDigits = 6 // of a phone number that is compared
	maxSearch   = 1500
)

// Lead is somebody who answered a campaign, as the source tells it.
type Lead struct {
	Email, Name, Phone, Source string
	// Fields are what the source sends beside, by name.
	Fields map[string]string
	// RequestKey is the idempotency key; empty for none.
	RequestKey string
}

// entry is a lead that may be stored.
type entry struct {
	Email     address.Address
	Name      string
	Phone     string
	Source    string
	Fields    string // a JSON object of strings, keys sorted
	Request   string
	phoneKey  string
	searchKey string
	hash      []byte // of the content, where there is a request key
}

// check makes a lead storable: values are trimmed, control characters become spaces, empty fields are left out. Its
// faults are Invalid, each with its field, joined where there are several.
func (l Lead) check() (entry, error) {
	var e entry
	var errs []error
	take := func(field, value string, most int) string {
		value, err := text(field, value, most, false)
		errs = append(errs, err)
		return value
	}
	e.Name, e.Phone = take("name", l.Name, MaxName), take("phone", l.Phone, MaxPhone)
	e.Source, e.Request = take("source", l.Source, MaxSource), take("idempotencyKey", l.RequestKey, MaxRequestKey)
	if written := strings.TrimSpace(l.Email); written != "" {
		a, err := address.Parse(written)
		if f := fault.As(err); f != nil {
			f.Field = "email"
		}
		e.Email, errs = a, append(errs, err)
	}
	fields, err := further(l.Fields)
	if errs = append(errs, err); errors.Join(errs...) != nil {
		return entry{}, errors.Join(errs...)
	}
	if e.Email.Key == "" && e.Name == "" && e.Phone == "" {
		return entry{}, fault.Field("email", "An address, a phone number or a name is needed.")
	}
	e.Fields = plain(fields) // encoding/json sorts the keys
	e.phoneKey, e.searchKey = PhoneKey(e.Phone), SearchKey(e.Name, e.Email.Written, e.Phone)
	if e.Request != "" {
		sum := sha256.Sum256([]byte(plain([]string{e.Email.Written, e.Name, e.Phone, e.Source, e.Fields})))
		e.hash = sum[:]
	}
	return e, nil
}

func further(given map[string]string) (map[string]string, error) {
	fields := make(map[string]string, len(given))
	if len(given) > MaxFields {
		return nil, fault.Field("fields", "A lead has at most %d further fields; these are %d.", MaxFields, len(given))
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		tidy, err := text("fields", name, MaxFieldName, false)
		if err != nil {
			return nil, err
		}
		if tidy == "" {
			return nil, fault.Field("fields", "A further field has no name.")
		}
		if _, twice := fields[tidy]; twice {
			return nil, fault.Field("fields", "The field %q is named twice.", tidy)
		}
		value, err := text(tidy, given[name], MaxFieldValue, true)
		if err != nil {
			return nil, err
		}
		if value != "" {
			fields[tidy] = value
		}
	}
	return fields, nil
}

// text trims a value and makes its control characters spaces; lines are kept where there may be some.
func text(field, value string, most int, lines bool) (string, error) {
	if !utf8.ValidString(value) {
		return "", fault.Field(field, "This holds bytes that are not text; send it as UTF-8.")
	}
	value = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case lines && r == '\r':
			return -1
		case lines && (r == '\n' || r == '\t'):
			return r
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, value))
	if len(value) > most && utf8.RuneCountInString(value) > most {
		return "", fault.Field(field, "This is longer than %d characters.", most)
	}
	return value, nil
}

// PhoneKey returns the digits of a phone number, by which near-duplicates are found; empty for less than six of them.
// Numbers with and without a country's prefix are not taken for the same.
func PhoneKey(phone string) string {
	key := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	if len(key) < leastDigits {
		return ""
	}
	return key
}

// SearchKey returns what leads are searched by: name, address and phone number, folded.
func SearchKey(name, email, phone string) string {
	key := fold.Fold(strings.Join(strings.Fields(name+" "+email+" "+phone), " "))
	if utf8.RuneCountInString(key) > maxSearch {
		key = string([]rune(key)[:maxSearch])
	}
	return key
}
