package mirror

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// knownReferences leaves out of what a campaign is to name the lists and blacklists that have gone since: one of them
// would have the server refuse the whole edit.
func knownReferences(ctx context.Context, tx *sql.Tx, one *protocol.Mutation) error {
	var fields map[string]json.RawMessage
	if json.Unmarshal(one.Fields, &fields) != nil {
		return nil // readableFields says so
	}
	for _, l := range []layout{contacts(), entries()} {
		var named []string
		if fields[l.field] == nil || json.Unmarshal(fields[l.field], &named) != nil {
			continue
		}
		there, err := column(ctx, tx, fmt.Sprintf(`SELECT value FROM json_each(?) WHERE value IN (SELECT id FROM %s UNION ALL SELECT id FROM edits WHERE created = 1)`,
			l.items), string(fields[l.field]))
		if err != nil {
			return err
		}
		named = slices.DeleteFunc(named, func(id string) bool { return !slices.Contains(there, id) })
		if fields[l.field], err = json.Marshal(append([]string{}, named...)); err != nil {
			return err
		}
	}
	text, err := json.Marshal(fields)
	one.Fields = text
	return err
}
