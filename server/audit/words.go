package audit

import (
	"cmp"

	"github.com/partage-mail/partage/ent/user"
)

// Told is a line with the names of what it speaks of, to be said in words.
type Told struct {
	Verb Verb
	// Actor and Person are their names; empty where there is nobody, or nobody knows them any more.
	Actor, Person string
	// Server is whether the server itself did it.
	Server bool
	// Item is the item's name as it is now, said where the details do not have the one it had.
	Item   string
	Detail map[string]string
}

// Words says a line as one sentence, in French or else in English.
func (t Told) Words(in user.Locale) string {
	t.Item = cmp.Or(t.Detail["item"], t.Item)
	t.Person = cmp.Or(t.Person, t.Detail["name"])
	if in == user.LocaleFr {
		return french(t)
	}
	return english(t)
}

// guest is whom an invitation is for.
func (t Told) guest() string {
	name, email := t.Detail["name"], t.Detail["email"]
	if name != "" && email != "" {
		return name + " (" + email + ")"
	}
	return cmp.Or(name, email)
}

// counted says an amount of things.
func (t Told) counted(one, many string) string {
	n := cmp.Or(t.Detail["count"], "0")
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}
