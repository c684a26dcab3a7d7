package library

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
)

const (
	maxName        = 200 // characters
	maxNameKey     = 800 // bytes; the database indexes it
	maxSubject     = 998
	maxPreheader   = 500
	maxDescription = 2000
	maxBody        = 1 << 20 // bytes
)

// column says where a field of an item's content is stored.
type column struct{ field, name string }

// columnsOf returns the texts that the content of a kind consists of. The fields are called as in the
// API, whose conflicts name them.
func columnsOf(kind item.Kind) []column {
	switch kind {
	case item.KindCampaign:
		return []column{
			{"subject", "subject"}, {"preheader", "preheader"}, {"senderName", "sender_name"},
			{"senderEmail", "sender_email"}, {"replyTo", "reply_to"}, {"format", "format"}, {"body", "body"},
		}
	case item.KindTemplate:
		return []column{{"subject", "subject"}, {"preheader", "preheader"}, {"format", "format"}, {"body", "body"}}
	default:
		return []column{{"description", "description"}}
	}
}

// texts returns the fields that the patch sets, but its references, as they are to be stored.
func (p *Patch) texts(kind item.Kind) (map[string]string, error) {
	given := map[string]*string{
		"name": p.Name, "subject": p.Subject, "preheader": p.Preheader, "senderName": p.SenderName,
		"senderEmail": p.SenderEmail, "replyTo": p.ReplyTo, "format": (*string)(p.Format), "body": p.Body,
		"description": p.Description,
	}
	texts := make(map[string]string)
	for _, c := range append(columnsOf(kind), column{field: "name"}) {
		if v := given[c.field]; v != nil {
			clean, err := cleaned(c.field, *v)
			if err != nil {
				return nil, err
			}
			texts[c.field] = clean
		}
		delete(given, c.field)
	}
	for _, field := range slices.Sorted(maps.Keys(given)) {
		if given[field] != nil {
			return nil, fault.Field(field, "A %s has no such field.", fault.Word(noun(kind)))
		}
	}
	for _, r := range references() {
		if kind != item.KindCampaign && r.of(p) != nil {
			return nil, fault.Field(r.field, "A %s has no such field.", fault.Word(noun(kind)))
		}
	}
	return texts, nil
}

// cleaned returns a field's value as it is stored, or the Invalid fault that says what is wrong with it.
func cleaned(field, value string) (string, error) {
	if !utf8.ValidString(value) || strings.IndexByte(value, 0) >= 0 {
		return "", fault.Field(field, "This is not text: it holds NUL or bytes that are not UTF-8.")
	}
	switch field {
	case "name":
		value = strings.TrimSpace(value)
		if value == "" {
			return "", fault.Field(field, "A name is missing.")
		}
		return value, line(field, value, maxName)
	case "subject":
		return value, line(field, value, maxSubject)
	case "senderName":
		return value, line(field, value, maxName)
	case "preheader":
		return value, short(field, value, maxPreheader)
	case "description":
		return value, short(field, value, maxDescription)
	case "senderEmail", "replyTo":
		return mailbox(field, value)
	case "format":
		if campaign.FormatValidator(campaign.Format(value)) != nil {
			return "", fault.Field(field, "A body is MJML or HTML.")
		}
	case "body":
		if len(value) > maxBody {
			return "", fault.Field(field, "A body has at most %d bytes; this one has %d.", maxBody, len(value))
		}
	}
	return value, nil
}

// line refuses what is not one line of at most so many characters.
func line(field, value string, most int) error {
	breaks := func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
	if strings.ContainsFunc(value, breaks) {
		return fault.Field(field, "This is one line of text, without line breaks or control characters.")
	}
	return short(field, value, most)
}

// short refuses what has more than so many characters, or control characters other than line breaks and
// tabs.
func short(field, value string, most int) error {
	if n := utf8.RuneCountInString(value); n > most {
		return fault.Field(field, "At most %d characters are possible; these are %d.", most, n)
	}
	invisible := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	if strings.ContainsFunc(value, invisible) {
		return fault.Field(field, "This text holds control characters.")
	}
	return nil
}

// mailbox reads an address that may be missing.
func mailbox(field, value string) (string, error) {
	if strings.TrimSpace(value) == "" {
		return "", nil
	}
	a, err := address.Parse(value)
	if f := fault.As(err); f != nil {
		return "", fault.Field(field, "%s", f)
	}
	return a.Written, err
}

// noun is what a person calls a kind.
func noun(kind item.Kind) string {
	switch kind {
	case item.KindContactList:
		return "contact list"
	default:
		return string(kind)
	}
}
