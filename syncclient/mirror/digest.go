package mirror

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// A file of rows knows the digest of its rows, to be held against the server's at the end of every change. It is taken
// of what the table holds after it was written, not of what came. A first fill adds up each page's rows while they are
// at hand, and whatever changes rows afterwards brings it along; after a walk in place all rows are added up once.
// bucket.digest is empty while it is not known.

// hashed is the expression for a row's values as they are hashed, but for the last zero byte.
func (l layout) hashed() string {
	columns := slices.Clone(protocol.Columns(l.kind))
	for i, c := range columns {
		if c == "assignee" || c == "assigned_at" { // the only ones that may be null
			columns[i] = "coalesce(" + c + ", char(1))"
		}
	}
	return "concat_ws(char(0), " + strings.Join(columns, ", ") + ")"
}

// selecter is a database or a transaction on it.
type selecter interface {
	queryer
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each hands the id and the digest of rows to f: of those that a condition holds for.
func (f *rowsFile) each(ctx context.Context, db selecter, where string, args []any, found func(id []byte, d protocol.RowDigest)) error {
	rows, err := db.QueryContext(ctx, fmt.Sprintf(`SELECT id, CAST(%s || char(0) AS BLOB) FROM %s %s`, f.hashed(), f.table, where), args...)
	if err != nil {
		return fmt.Errorf("add up the rows of a list: %w", classify(err))
	}
	defer rows.Close()
	var id, values sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &values); err != nil {
			return fmt.Errorf("add up the rows of a list: %w", classify(err))
		}
		found(id, protocol.DigestOf(values))
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("add up the rows of a list: %w", classify(err))
	}
	return nil
}

// perChunk is how many rows are read at once where all are.
const perChunk = 1000

// all hands the id and the digest of every row to f.
func (f *rowsFile) all(ctx context.Context, db selecter, found func(id []byte, d protocol.RowDigest)) error {
	return f.after(ctx, db, -1<<63, found)
}

// after is all of the rows behind a rowid.
func (f *rowsFile) after(ctx context.Context, db selecter, after int64, found func(id []byte, d protocol.RowDigest)) error {
	return f.those(ctx, db, "true", after, found)
}

// those is after for rows that a condition holds for.
func (f *rowsFile) those(ctx context.Context, db selecter, where string, after int64, found func(id []byte, d protocol.RowDigest)) error {
	for {
		n, last, err := f.together(ctx, db, fmt.Sprintf(`WHERE %s AND rowid > ? ORDER BY rowid LIMIT %d`, where, perChunk), []any{after}, found)
		if err != nil || n == 0 {
			return err
		}
		after = last
	}
}

// some is each for so few rows as a page has.
func (f *rowsFile) some(ctx context.Context, db selecter, where string, args []any, found func(id []byte, d protocol.RowDigest)) error {
	_, _, err := f.together(ctx, db, where, args, found)
	return err
}

// together is each, and returns how many rows they are, and the last one's rowid. SQLite puts all of them into one text:
// to hand them over one by one would take as long again as all the rest.
func (f *rowsFile) together(ctx context.Context, db selecter, where string, args []any, found func(id []byte, d protocol.RowDigest)) (n int, last int64, err error) {
	rows, err := db.QueryContext(ctx, fmt.Sprintf(`SELECT CAST(group_concat(v, char(0)) || char(0) AS BLOB), count(*), coalesce(max(at), 0)
		FROM (SELECT rowid AS at, %s AS v FROM %s %s)`, f.hashed(), f.table, where), args...)
	if err != nil {
		return 0, 0, fmt.Errorf("add up the rows of a list: %w", classify(err))
	}
	defer rows.Close()
	var values sql.RawBytes
	if rows.Next() {
		err = rows.Scan(&values, &n, &last)
	}
	columns := len(protocol.Columns(f.kind))
	whole := bytes.Count(values, []byte{0}) == n*columns
	if err == nil && n > 0 && whole {
		split(values, columns, found)
	}
	err = errors.Join(err, rows.Err(), rows.Close())
	if err != nil {
		return n, last, fmt.Errorf("add up the rows of a list: %w", classify(err))
	}
	if n > 0 && !whole { // there is a zero byte in one of the texts
		err = f.each(ctx, db, where, args, found)
	}
	return n, last, err
}

// split takes rows apart, each of as many values as there are columns, with a zero byte behind each.
func split(values []byte, columns int, found func(id []byte, d protocol.RowDigest)) {
	for len(values) > 0 {
		end, id := 0, 0
		for i := range columns {
			end += bytes.IndexByte(values[end:], 0) + 1
			if i == 0 {
				id = end - 1
			}
		}
		found(values[:id], protocol.DigestOf(values[:end]))
		values = values[end:]
	}
}

// tally brings the digest of a file along with a page that is written.
type tally struct {
	file  *rowsFile
	is    protocol.Digest
	known bool
	// first: the page is one of a first fill, and its rows come behind the row last.
	first bool
	last  int64
	// where finds the rows that the page names.
	where string
	args  []any
}

// tally looks at the rows that a page is going to change.
func (f *rowsFile) tally(ctx context.Context, tx *sql.Tx, at Position, page *protocol.RowPage) (*tally, error) {
	t := &tally{file: f}
	var kept string
	if err := tx.QueryRowContext(ctx, `SELECT digest FROM bucket`).Scan(&kept); err != nil {
		return nil, err
	}
	if at.Walking {
		return t, t.begin(ctx, tx, at, kept)
	}
	var err error
	if t.is, err = protocol.ParseDigest(kept); err != nil {
		return t, nil // not known
	}
	t.known = true
	t.where = fmt.Sprintf(`WHERE id IN (SELECT value ->> %d FROM jsonb_each(CAST(?1 AS TEXT)) UNION SELECT value FROM jsonb_each(CAST(?2 AS TEXT)))`,
		slices.Index(page.Columns, "id"))
	t.args = []any{page.Upserts, page.Removed}
	return t, f.some(ctx, tx, t.where, t.args, func(_ []byte, d protocol.RowDigest) { t.is.Remove(d) })
}

// begin prepares for a page of a walk.
func (t *tally) begin(ctx context.Context, tx *sql.Tx, at Position, kept string) error {
	if at.Walk > 1 {
		return nil
	}
	var last sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT max(rowid) FROM `+t.file.table).Scan(&last); err != nil {
		return err
	}
	var err error
	t.is, err = protocol.ParseDigest(kept)
	t.first, t.last = err == nil || !last.Valid, last.Int64
	return nil
}

// written looks at the rows again and returns the digest of all; empty where it is not known.
func (t *tally) written(ctx context.Context, tx *sql.Tx, page *protocol.RowPage) (string, error) {
	add := func(_ []byte, d protocol.RowDigest) { t.is.Add(d) }
	switch {
	case t.first:
		before := t.is.Count
		err := t.file.after(ctx, tx, t.last, add)
		if err != nil || t.is.Count == before+page.Count && len(page.Removed) <= len("[]") {
			return t.is.String(), err
		}
		if page.More { // the page changed rows that had come before
			return "", nil
		}
	case t.known:
		err := t.file.some(ctx, tx, t.where, t.args, add)
		return t.is.String(), err
	case page.More:
		return "", nil
	}
	t.is = protocol.Digest{}
	err := t.file.all(ctx, tx, add)
	return t.is.String(), err
}

// WorkspaceDigest adds up what main.db holds of the workspace, by kind as the server does, and returns the cursor that
// it stands at.
func (m *Mirror) WorkspaceDigest(ctx context.Context) (digests map[string]protocol.Digest, cursor string, err error) {
	tx, err := m.main.BeginTx(ctx, nil)
	if err != nil {
		return nil, "", fmt.Errorf("add up the workspace: %w", classify(err))
	}
	defer tx.Rollback()
	at, err := mainPosition(ctx, tx)
	if err != nil {
		return nil, "", err
	}
	digests = make(map[string]protocol.Digest)
	for _, of := range []struct{ kind, values, table string }{
		{"account", "id || char(0) || version || char(0)", "server_account"},
		{"people", "id || char(0) || version || char(0)", "server_collaborators"},
		{"campaigns", "id || char(0) || version || char(0) || my_level || char(0)", "server_campaigns"},
		{"templates", "id || char(0) || version || char(0) || my_level || char(0)", "server_templates"},
		{"lists", "id || char(0) || version || char(0) || my_level || char(0)", "server_contact_lists"},
		{"blacklists", "id || char(0) || version || char(0) || my_level || char(0)", "server_blacklists"},
		{"buckets", "id || char(0) || state || char(0)", "buckets"},
	} {
		values, err := column(ctx, tx, fmt.Sprintf(`SELECT %s FROM %s`, of.values, of.table))
		if err != nil {
			return nil, "", err
		}
		var sum protocol.Digest
		for _, v := range values {
			sum.Add(protocol.DigestOf([]byte(v)))
		}
		digests[of.kind] = sum
	}
	return digests, at.Cursor, nil
}

// idsOf reads the ids of a page's rows.
func idsOf(ctx context.Context, tx *sql.Tx, page *protocol.RowPage) (map[string]bool, error) {
	all, err := column(ctx, tx, fmt.Sprintf(`SELECT value ->> %d FROM json_each(CAST(? AS TEXT))`, slices.Index(page.Columns, "id")), page.Upserts)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]bool, len(all))
	for _, id := range all {
		ids[id] = true
	}
	return ids, nil
}

// asJSON writes ids as the list that statements read.
func asJSON(ids []string) string {
	text, err := json.Marshal(ids)
	if err != nil {
		panic(err) // texts only
	}
	return string(text)
}
