package browse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// place is where a page of rows begins or ends: the row's name and id.
type place struct {
	name, id string
	set      bool
}

// pageSize is how many rows are read at once.
const pageSize = 100

// rowsStatement is the SQL of the rows of a file next to a place, in the order in which they are shown: behind it, or with
// back before it; from the first or the last one where the place is not set.
//
// The view contacts, sorted, would be sorted whole for each page. So the two halves of the view are read each in the
// order of an index and only so far: the rows without edits from the table of what the server told, and the few with
// edits from the view. A page then costs the same in a list of a million.
func rowsStatement(k kind, at place, back bool, most int) (statement string, args []any) {
	direction, than := "ASC", ">"
	if back {
		direction, than = "DESC", "<"
	}
	by, condition := rowOrder(k, than), ""
	if at.set {
		condition = by.after
		args = append(by.args(at), by.args(at)...)
	}
	return fmt.Sprintf(`SELECT * FROM (SELECT * FROM (SELECT %[1]s FROM %[2]s r WHERE NOT EXISTS (SELECT 1 FROM edits e WHERE e.id = r.id) %[3]s ORDER BY %[4]s LIMIT %[5]d)
		UNION ALL SELECT * FROM (SELECT %[1]s FROM %[6]s WHERE id IN (SELECT id FROM edits) %[3]s ORDER BY %[4]s LIMIT %[5]d))
		ORDER BY %[4]s LIMIT %[5]d`, rowColumns(k), k.server, condition, by.terms(direction), most, k.view), args
}

// readRows reads the rows next to a place, at most so many, each with its mark.
func readRows(ctx context.Context, folder, file string, k kind, at place, back bool, most int) ([]record, error) {
	if file == "" {
		return nil, errNotHere
	}
	statement, args := rowsStatement(k, at, back, most)
	var found []record
	err := read(ctx, folder, file, func(tx *sql.Tx) (err error) {
		found, err = query(ctx, tx, statement, args...)
		if err == nil {
			err = mark(ctx, tx, found)
		}
		return err
	})
	if back {
		slices.Reverse(found)
	}
	return found, err
}

// readRow reads one row; nil where it is not there.
func readRow(ctx context.Context, folder, file string, k kind, id string) (record, error) {
	var found []record
	err := read(ctx, folder, file, func(tx *sql.Tx) (err error) {
		if found, err = query(ctx, tx, fmt.Sprintf(`SELECT %s FROM %s WHERE id = ?`, rowColumns(k), k.view), id); err == nil {
			err = mark(ctx, tx, found)
		}
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// mark notes of each row what becomes of its edits, as its file knows it.
func mark(ctx context.Context, tx *sql.Tx, rows []record) error {
	ids := make([]any, len(rows))
	for i, r := range rows {
		ids[i] = r["id"]
	}
	found, err := query(ctx, tx, `SELECT id, state FROM row_states WHERE id IN (`+places(len(ids))+`)`, ids...)
	states := map[string]string{}
	for _, f := range found {
		states[f.text("id")] = f.text("state")
	}
	for _, r := range rows {
		r["mark"] = states[r.text("id")]
	}
	return err
}

// places are so many places for values in a statement.
func places(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// order says how the rows of a kind are sorted: along an index.
type order struct {
	terms func(direction string) string
	after string
	args  func(at place) []any
}

func rowOrder(k kind, than string) order {
	if k.kind == protocol.KindLead { // newest first: ids of version 7 begin with the moment
		turned := map[string]string{">": "<", "<": ">"}[than]
		return order{
			func(direction string) string {
				return "id " + map[string]string{"ASC": "DESC", "DESC": "ASC"}[direction]
			},
			"AND id " + turned + " ?",
			func(at place) []any { return []any{at.id} },
		}
	}
	return order{
		func(direction string) string {
			return fmt.Sprintf("%[1]s COLLATE NOCASE %[2]s, id %[2]s", k.name, direction)
		},
		fmt.Sprintf("AND %[1]s COLLATE NOCASE %[2]s= ? AND (%[1]s COLLATE NOCASE %[2]s ? OR id %[2]s ?)", k.name, than),
		func(at place) []any { return []any{at.name, at.name, at.id} },
	}
}

// placeOf is where a row stands.
func placeOf(k kind, r record) place { return place{r.text(k.name), r.text("id"), true} }

// rowColumns names the columns that the screens show.
func rowColumns(k kind) string {
	switch k.kind {
	case protocol.KindContact:
		return "id, email, first_name, last_name, company, city, fields, state, version, created_at, changed_at"
	case protocol.KindEntry:
		return "id, kind, value, reason, note, version, created_at, changed_at"
	}
	return "id, assignee, assigned_at, email, name, phone, source, fields, state, notes, version, created_at, changed_at"
}
