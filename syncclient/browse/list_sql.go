package browse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// listInfo is what main.db says of the rows of an item.
type listInfo struct {
	// known: it was read.
	known             bool
	name, file, level string
	rows              int64
	complete          bool
	// kept: the person has not chosen that the rows stay on the server.
	kept bool
	// people are the names of collaborators by id, who follow up leads.
	people map[string]string
	// marks are the states of rows that need a person's eye, by id: main.db has these for all lists.
	marks map[string]string
}

// elsewhere reports whether the rows are to be had from the server alone.
func (i listInfo) elsewhere() bool { return i.known && !i.kept && i.file == "" }

// mark notes of rows that they need a person's eye.
func (i listInfo) mark(rows []record) {
	for _, r := range rows {
		if what := i.marks[r.text("id")]; what != "" {
			r["mark"] = what
		}
	}
}

// readListInfo returns where the rows of an item are; mirror.ErrGone where the item is not there.
func readListInfo(ctx context.Context, folder string, k kind, id string) (listInfo, error) {
	info := listInfo{people: map[string]string{}, marks: map[string]string{}}
	err := read(ctx, folder, mainFile, func(tx *sql.Tx) error {
		found, err := query(ctx, tx, fmt.Sprintf(`SELECT name, row_count, complete, kept, my_level, coalesce(file, '') AS file FROM %s WHERE id = ?`, k.view), id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return mirror.ErrGone
		}
		r := found[0]
		info.name, info.file, info.level, info.rows, info.complete = r.text("name"), r.text("file"), r.text("my_level"), r.number("row_count"), r.number("complete") == 1
		info.known, info.kept = true, r.number("kept") == 1
		marks, err := query(ctx, tx, `SELECT id, what FROM attention WHERE item = ? AND what <> 'discarded' ORDER BY what DESC`, id)
		for _, m := range marks { // a conflict counts before a refusal
			info.marks[m.text("id")] = m.text("what")
		}
		if err != nil || k.rows != protocol.KindLead {
			return err
		}
		people, err := query(ctx, tx, `SELECT id, coalesce(nullif(trim(first_name || ' ' || last_name), ''), email) AS name FROM collaborators`)
		for _, p := range people {
			info.people[p.text("id")] = p.text("name")
		}
		return err
	})
	return info, err
}

// hits is what a search found.
type hits struct {
	rows []record
	// more: not all that was found is shown.
	more bool
	// indexing: not all words are in the index yet.
	indexing bool
}

// mostHits is how many rows a search shows.
const mostHits = 200

// searchRows finds rows by the words of a text: the full-text index of the file says which (mirror.Search), the view how
// they are. While the index is not complete, rows whose name begins with the text are found besides, by the index of names.
func searchRows(ctx context.Context, folder, file string, k kind, item, text string) (hits, error) {
	if file == "" {
		return hits{}, errNotHere
	}
	found, err := mirror.Search(ctx, folder, mirror.Query{Text: text, Item: item, Limit: mostHits})
	if err != nil {
		return hits{}, err
	}
	h := hits{more: found.More, indexing: found.Indexing}
	ids := make([]any, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	err = read(ctx, folder, file, func(tx *sql.Tx) (err error) {
		h.rows, err = query(ctx, tx, fmt.Sprintf(`SELECT %s FROM %s WHERE id IN (%s) ORDER BY %s`, rowColumns(k), k.view,
			places(len(ids)), rowOrder(k, ">").terms("ASC")), ids...)
		if err == nil && h.indexing {
			h.rows, err = addBeginning(ctx, tx, h.rows, k, strings.TrimSpace(text))
		}
		if err == nil {
			err = mark(ctx, tx, h.rows)
		}
		return err
	})
	return h, err
}

// addBeginning adds rows whose name begins with a text, and which are not there yet.
func addBeginning(ctx context.Context, tx *sql.Tx, rows []record, k kind, text string) ([]record, error) {
	found, err := query(ctx, tx, fmt.Sprintf(`SELECT %[1]s FROM %[2]s WHERE %[3]s COLLATE NOCASE >= ?1 AND %[3]s COLLATE NOCASE < ?1 || char(1114111)
		ORDER BY %[3]s COLLATE NOCASE LIMIT %[4]d`, rowColumns(k), k.view, k.name, mostHits), text)
	for _, r := range found {
		if !slices.ContainsFunc(rows, func(there record) bool { return there.text("id") == r.text("id") }) {
			rows = append(rows, r)
		}
	}
	return rows, err
}

// placeAt is the place right before a row: what is read from there begins with it.
func placeAt(k kind, r record) place {
	p := placeOf(k, r)
	if k.kind == protocol.KindLead {
		p.id += "~" // behind every id that begins so; leads come newest first
	} else {
		p.id = ""
	}
	return p
}

// calledRow is what a person calls a row.
func calledRow(k kind, r record) string {
	for _, column := range []string{k.name, "email", "phone"} {
		if name := r.text(column); name != "" {
			return name
		}
	}
	return r.text("id")
}
