package mirror

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// salvage reads the edits that were not sent from the file of a bucket that is about to be given up, as far as they can
// be read: from the file as it was opened, which may have been deleted meanwhile, or from what lies there.
func (m *Mirror) salvage(ctx context.Context, l layout, b Bucket) []protocol.Mutation {
	if f := m.files[b.ID]; f != nil {
		return readOutbox(ctx, f.db, b.ID)
	}
	name, err := m.fileName(ctx, l, &b)
	if err != nil || name == "" {
		return nil
	}
	path, ok := m.listPath(name)
	if !ok || glance(path) != nil {
		return nil
	}
	db := m.connect.handle(path, reading)
	defer db.Close()
	return readOutbox(ctx, db, b.ID)
}

func readOutbox(ctx context.Context, db *sql.DB, item string) []protocol.Mutation {
	const entries = `SELECT key, op, kind, id, fields, base, at, state = 'open', %s FROM outbox WHERE state IN ('open', 'sealed') ORDER BY seq`
	rows, err := db.QueryContext(ctx, fmt.Sprintf(entries, "seen"))
	if err != nil { // version 2 has no such column
		rows, err = db.QueryContext(ctx, fmt.Sprintf(entries, "'{}'"))
	}
	if err != nil {
		return nil
	}
	defer rows.Close()
	var all []protocol.Mutation
	for rows.Next() {
		one := protocol.Mutation{Item: item}
		var fields, saw []byte
		var open bool
		if rows.Scan(&one.Key, &one.Op, &one.Kind, &one.ID, &fields, &one.Base, &one.Number, &open, &saw) == nil {
			if one.Fields, one.Seen = fields, saw; open {
				one.Seen = []byte(digested(saw))
			}
			all = append(all, one)
		}
	}
	return all
}
