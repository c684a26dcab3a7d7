package render

import (
	"slices"
	"strings"

	"github.com/partage-mail/partage/server/fault"
)

// knownVariable reports whether a template may name the variable. contact and sender alone are none: they have no
// text of their own.
func knownVariable(path []string) bool {
	switch path[0] {
	case "unsubscribe_url":
		return len(path) == 1
	case "sender":
		return len(path) == 2 && slices.Contains([]string{"name", "email", "reply_to"}, path[1])
	case "contact":
		if len(path) > 1 && path[1] == "fields" {
			return true
		}
		return len(path) == 2 && slices.Contains([]string{"email", "first_name", "last_name", "company", "city"}, path[1])
	}
	return false
}

// suggestion names the variable that other mail programs write in the way of path, as the end of a sentence.
func suggestion(path []string) fault.Word {
	letters := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(strings.Join(path, "")))
	for _, prefix := range []string{"contact", "subscriber", "recipient", "user", "person"} {
		letters = strings.TrimPrefix(letters, prefix)
	}
	meant := ""
	switch letters {
	case "firstname", "fname", "givenname", "prenom", "prénom":
		meant = "contact.first_name"
	case "lastname", "lname", "surname", "familyname", "nom":
		meant = "contact.last_name"
	case "name", "fullname":
		return fault.Word("contact.first_name or contact.last_name")
	case "email", "emailaddress", "mail", "courriel":
		meant = "contact.email"
	case "company", "companyname", "organization", "organisation", "societe", "société", "entreprise":
		meant = "contact.company"
	case "city", "town", "ville":
		meant = "contact.city"
	case "unsubscribe", "unsubscribeurl", "unsubscribelink", "unsub":
		meant = "unsubscribe_url"
	case "sender", "sendername", "fromname", "from":
		meant = "sender.name"
	case "fields":
		meant = "contact.fields"
	}
	return fault.Word(meant)
}
