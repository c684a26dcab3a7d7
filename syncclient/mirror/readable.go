package mirror

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// longestEdit is how many bytes the fields of one edit have at most: a body of a megabyte, written out, and the rest.
const longestEdit = 4 << 20

// readableFields returns the fields of an edit as JSON that every reader reads alike: programs may have written bytes
// that are not UTF-8, halves of characters, or a name twice, of which the last counts. False, and NULL, where that
// cannot be done.
func readableFields(fields []byte) (any, bool) {
	var all map[string]any
	if len(fields) > longestEdit || json.Unmarshal(fields, &all) != nil {
		return nil, false
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(all) != nil || b.Len() > longestEdit {
		return nil, false
	}
	return string(bytes.TrimSpace(b.Bytes())), true
}

// GiveUp settles an edit that the server cannot even read: its number is sent without content, and the person finds
// what they had written in attention.
func (m *Mirror) GiveUp(ctx context.Context, number int64, code protocol.Code, message string) error {
	name, err := m.nameOf(ctx, number)
	if err != nil {
		return err
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		var e sentEdit
		err := tx.QueryRowContext(ctx, `SELECT key, op, kind, id, item, fields FROM sent WHERE number = ? AND result IS NULL`, number).
			Scan(&e.key, &e.op, &e.kind, &e.id, &e.item, &e.fields)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if e.fields.Valid {
			if err := m.notice(ctx, tx, e, protocol.Result{State: protocol.Refused, Code: code, Message: message}, name); err != nil {
				return err
			}
		}
		// A deletion without content would still delete.
		_, err = tx.ExecContext(ctx, `UPDATE sent SET fields = NULL, seen = '{}', op = 'change' WHERE key = ?`, e.key)
		return err
	})
	if err != nil {
		return fmt.Errorf("give an edit up: %w", err)
	}
	return nil
}
