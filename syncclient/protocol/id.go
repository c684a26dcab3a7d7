package protocol

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// ID is a global id as the server writes it: what it names, an underscore and a UUID with hyphens, such as
// "list_0193e3a6-5f6b-7cc0-8f51-2d1f0a9c7b11". Clients in other languages may treat it as opaque.
type ID string

// Kind is what an id names: its part before the underscore.
type Kind string

// The kinds that a sync client meets. Others may come with newer servers and are to be passed over.
const (
	KindAccount   Kind = "account"
	KindPerson    Kind = "person"
	KindUser      Kind = "user"
	KindSession   Kind = "session"
	KindCampaign  Kind = "campaign"
	KindTemplate  Kind = "template"
	KindList      Kind = "list"
	KindBlacklist Kind = "blacklist"

	// Rows go by plain ids over the wire; edits name their kinds.
	KindContact Kind = "contact"
	KindEntry   Kind = "entry"
	KindLead    Kind = "lead"
)

// Global makes an ID of a kind and a plain UUID.
func Global(kind Kind, id string) ID { return ID(string(kind) + "_" + id) }

// Split returns the kind and the plain UUID in lower case. It fails where the id has another form.
func (id ID) Split() (Kind, string, error) {
	kind, rest, ok := strings.Cut(string(id), "_")
	if !ok || kind == "" || len(rest) != 36 {
		return "", "", fmt.Errorf("the server sent %q where an id belongs", clip(string(id)))
	}
	parsed, err := uuid.Parse(rest)
	if err != nil {
		return "", "", fmt.Errorf("the server sent %q where an id belongs", clip(string(id)))
	}
	return Kind(kind), parsed.String(), nil
}

// Of returns the plain UUID of an id that must be of the given kind.
func (id ID) Of(kind Kind) (string, error) {
	got, plain, err := id.Split()
	if err != nil {
		return "", err
	}
	if got != kind {
		return "", fmt.Errorf("the server sent the id of a %s where that of a %s belongs", got, kind)
	}
	return plain, nil
}

// clip bounds foreign text that goes into an error.
func clip(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
