package graph

import (
	"encoding/hex"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
)

// history returns which lines a filter wants.
func history(in model.HistoryFilter) (read.History, error) {
	which := read.History{Verbs: in.Verbs, Since: in.Since, Until: in.Until}
	for _, f := range []struct {
		given  *string
		wanted **uuid.UUID
		parse  func(string) (uuid.UUID, error)
	}{
		{in.Actor, &which.Actor, personID}, {in.Person, &which.Person, personID}, {in.Item, &which.Item, read.ParseItemID},
	} {
		if f.given == nil {
			continue
		}
		id, err := f.parse(*f.given)
		if err != nil {
			return which, err
		}
		*f.wanted = &id
	}
	return which, nil
}

func personID(id string) (uuid.UUID, error) { return read.ParseIDAs(id, "person", read.PersonID) }

// notedLine returns a line of the history as somebody has noted it, nil where nobody has.
func notedLine(in *model.NotedLine) (*audit.Noted, error) {
	if in == nil {
		return nil, nil
	}
	hash, err := hex.DecodeString(in.Hash)
	if err != nil {
		return nil, fault.Field("noted.hash", "This is not the hash of a line, which is written in hexadecimal.")
	}
	return &audit.Noted{Number: int64(in.Number), Hash: hash}, nil
}
