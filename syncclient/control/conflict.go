package control

import (
	"encoding/json"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// Conflict is something that needs a person's eye, as conflicts --json prints it. Its names are a contract with other programs.
type Conflict struct {
	Key     string          `json:"key"`
	What    string          `json:"what"` // conflict, refused, discarded
	Op      string          `json:"op"`   // create, change, delete
	Kind    string          `json:"kind"`
	ID      string          `json:"id"`
	Item    string          `json:"item"`
	Name    string          `json:"name"`
	Mine    json.RawMessage `json:"mine"`
	Theirs  json.RawMessage `json:"theirs"` // null where it is not there
	Code    string          `json:"code"`
	Message string          `json:"message"`
	Field   string          `json:"field"`
	Copy    string          `json:"copy"`
	At      time.Time       `json:"at"`
	Failure string          `json:"failure"`
	Decided string          `json:"decided"` // mine, theirs, both: carried out with the next sync
}

// ConflictsOf returns them as programs are told.
func ConflictsOf(found []mirror.Attention) []Conflict {
	reports := []Conflict{}
	for _, a := range found {
		if a.Theirs == nil {
			a.Theirs = json.RawMessage("null")
		}
		reports = append(reports, Conflict{
			a.Key, a.What, a.Op, string(a.Kind), a.ID, a.Item, a.Name, a.Mine, a.Theirs, a.Code, a.Message, a.Field, a.Copy, time.UnixMicro(a.At).UTC(), a.Failure,
			string(a.Resolution),
		})
	}
	return reports
}
