package mirror

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Resolution is what a person decided about something that needed their eye.
type Resolution string

// The decisions. Mine sends what the person had written once more, on the newest version. Theirs leaves the server's
// value. Both keeps the two: an item's copy becomes an item of its own, a contact gets further fields with what the
// person had written, an entry or a lead a line in its note.
const (
	Mine   Resolution = "mine"
	Theirs Resolution = "theirs"
	Both   Resolution = "both"
)

// decided is a line of attention with its decision.
type decided struct {
	key, id, item, fields string
	what, op              string
	kind                  protocol.Kind
	copy                  sql.NullString
	resolution            Resolution
}

// Resolve carries out what people have decided in attention, by whatever program, and returns the rows that it was about.
// What cannot be carried out stays there and says why.
func (m *Mirror) Resolve(ctx context.Context) (done []Row, err error) {
	rows, err := m.main.QueryContext(ctx, `SELECT key, what, op, kind, id, item, fields, copy, resolution FROM attention
		WHERE resolution IS NOT NULL AND failure = '' ORDER BY at`)
	if err != nil {
		return nil, fmt.Errorf("read what was decided: %w", classify(err))
	}
	var all []decided
	for rows.Next() {
		var d decided
		if err := rows.Scan(&d.key, &d.what, &d.op, &d.kind, &d.id, &d.item, &d.fields, &d.copy, &d.resolution); err != nil {
			rows.Close()
			return nil, fmt.Errorf("read what was decided: %w", classify(err))
		}
		all = append(all, d)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what was decided: %w", classify(err))
	}
	for _, d := range all {
		err := m.resolve(ctx, d)
		if errors.Is(err, ErrStale) {
			continue // the file of the row was lost right now: once it is there again
		}
		if err != nil {
			return done, fmt.Errorf("carry out what was decided: %w", err)
		}
		done = append(done, d.row())
	}
	return done, nil
}

func (d decided) row() Row {
	r := Row{Kind: d.kind, ID: d.id}
	if d.item != d.id {
		r.Item = d.item
	}
	return r
}

// errCannot says why a decision cannot be carried out.
type errCannot string

func (e errCannot) Error() string { return string(e) }

func (m *Mirror) resolve(ctx context.Context, d decided) error {
	var err error
	if d.item != d.id && d.item != "" && d.resolution != Theirs {
		err = m.resolveRow(ctx, d)
	}
	if cannot := why(err); cannot != "" {
		return m.fail(ctx, d.key, cannot)
	}
	if err != nil {
		return err
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		if d.item == d.id && d.resolution != Theirs {
			if err := d.applyItem(ctx, tx); err != nil {
				return err
			}
		}
		if d.copy.Valid && d.resolution != Both {
			keys, err := column(ctx, tx, `SELECT key FROM outbox WHERE id = ? AND state = 'held'`, d.copy.String)
			if err != nil {
				return err
			}
			if err := takeBack(ctx, tx, keys...); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM attention WHERE key = ?`, d.key)
		return err
	})
	if cannot := why(err); cannot != "" {
		return m.fail(ctx, d.key, cannot)
	}
	return err
}

// why returns why a decision cannot be carried out; empty where an error says something else. What a program made of the
// fields of a line may be nothing that the outbox takes.
func why(err error) errCannot {
	var cannot errCannot
	if !errors.As(err, &cannot) && errors.Is(refused(err), ErrRefused) {
		cannot = "What is in fields cannot be sent."
	}
	return cannot
}

func (m *Mirror) fail(ctx context.Context, key string, why errCannot) error {
	_, err := m.main.ExecContext(ctx, `UPDATE attention SET failure = ?, resolution = NULL WHERE key = ?`, string(why), key)
	return classify(err)
}

// applyItem carries out a decision about an item.
func (d decided) applyItem(ctx context.Context, tx *sql.Tx) error {
	if d.resolution == Both {
		if !d.copy.Valid {
			return errCannot("There are no two versions to keep.")
		}
		released, err := affected(tx.ExecContext(ctx, `UPDATE outbox SET state = 'open' WHERE id = ? AND state = 'held'`, d.copy.String))
		if err == nil && released == 0 {
			return errCannot("The copy has been deleted.")
		}
		return err
	}
	v, ok := viewOf(d.kind)
	if !ok {
		return errCannot("This cannot be sent again.")
	}
	return d.again(ctx, tx, v)
}

// again puts the edit into the outbox once more, on the newest version.
func (d decided) again(ctx context.Context, tx *sql.Tx, v view) error {
	var version sql.NullInt64
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT (SELECT version FROM %s WHERE id = ?)`, v.table), d.id).Scan(&version)
	if err != nil {
		return err
	}
	if d.op != string(protocol.Create) && !version.Valid {
		return errCannot("It is not there any more.")
	}
	if d.op == string(protocol.Create) && version.Valid { // by another copy of this mirror, or before an answer was lost
		d.op = string(protocol.Change)
		if d.fields, err = v.changeable(d.fields); err != nil {
			return err
		}
	}
	// A process that was killed may have put it there already.
	_, err = tx.ExecContext(ctx, `INSERT INTO edit (op, kind, id, fields, base) SELECT ?1, ?2, ?3, ?4, ?5
		WHERE ?1 = 'change' OR NOT EXISTS (SELECT 1 FROM outbox WHERE id = ?3 AND op = ?1)`, d.op, d.kind, d.id, d.fields, version.Int64)
	return err
}

// changeable leaves out of the fields of a new row what cannot be changed later.
func (v view) changeable(fields string) (string, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(fields), &all); err != nil {
		return "", err
	}
	for _, c := range v.columns {
		if c.once {
			delete(all, c.fieldName())
		}
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// resolveRow carries out a decision about a row, in the file of its list.
func (m *Mirror) resolveRow(ctx context.Context, d decided) error {
	b := Bucket{ID: d.item, Kind: d.kind.Rows()}
	f, err := m.file(ctx, b)
	if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
		return errCannot("Its list is not there.")
	}
	if err != nil {
		return err
	}
	author, err := authorOf(ctx, m.main)
	if err != nil {
		return classify(err)
	}
	m.edited[b.ID] = b
	err = transact(ctx, f.db, func(tx *sql.Tx) error {
		v := rowView(f.layout)
		if d.resolution == Both {
			if d.what != "conflict" {
				return errCannot("There are no two versions to keep.")
			}
			if d.fields, err = beside(ctx, tx, v, d, author+" "+m.now().Format("2006-01-02")); err != nil {
				return err
			}
			if d.fields == "" {
				return nil
			}
		}
		return d.again(ctx, tx, v)
	})
	return m.loseDamaged(ctx, b, err)
}

// beside returns the edit that keeps what the person had written beside what they see, edits that are still to be sent
// included: nothing that is there makes room for it. What is there already, put there by a process that was killed before
// it could take the line away, is not added again; empty where that is all of it.
func beside(ctx context.Context, tx *sql.Tx, v view, d decided, mark string) (string, error) {
	values, err := valuesOf(d.fields)
	if err != nil {
		return "", err
	}
	if v.kind == protocol.KindContact {
		return besideInFields(ctx, tx, v, d, values, mark)
	}
	column := map[protocol.Kind]string{protocol.KindEntry: "note", protocol.KindLead: "notes"}[v.kind]
	var before string
	err = tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT coalesce((SELECT %s FROM %s WHERE id = ?), '')`, column, v.name), d.id).Scan(&before)
	if err != nil {
		return "", err
	}
	note := before
	for _, name := range slices.Sorted(maps.Keys(values)) {
		line := mark + ", " + name + ": " + values[name]
		if strings.Contains("\n"+note+"\n", "\n"+line+"\n") {
			continue
		}
		if note != "" {
			note += "\n"
		}
		note += line
	}
	if note == before {
		return "", nil
	}
	if utf8.RuneCountInString(note) > map[protocol.Kind]int{protocol.KindEntry: longestNote, protocol.KindLead: longestNotes}[v.kind] {
		return "", errCannot("There is no room for it in the note.")
	}
	text, err := json.Marshal(map[string]string{column: note})
	return string(text), err
}

// How many characters the note of an entry, the notes of a lead and the name of a further field have at most.
const (
	longestNote  = 500
	longestNotes = 20_000
	longestField = 100
)

// besideInFields keeps values as further fields of a contact, under names that nothing has yet.
func besideInFields(ctx context.Context, tx *sql.Tx, v view, d decided, values map[string]string, mark string) (string, error) {
	var there []byte
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT coalesce((SELECT fields FROM %s WHERE id = ?), '{}')`, v.name), d.id).Scan(&there)
	if err != nil {
		return "", err
	}
	taken := map[string]any{}
	if err := json.Unmarshal(there, &taken); err != nil {
		return "", err
	}
	fields := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		free := ""
		for n := 1; free == "" || fields[free] != "" || taken[free] != nil && taken[free] != values[name]; n++ {
			tail := " (" + mark + ")"
			if n > 1 {
				tail = fmt.Sprintf(" (%s, %d)", mark, n)
			}
			runes := []rune(name)
			free = string(runes[:min(len(runes), longestField-utf8.RuneCountInString(tail))]) + tail
		}
		if taken[free] == nil {
			fields[free] = values[name]
		}
	}
	if len(fields) == 0 {
		return "", nil
	}
	text, err := json.Marshal(map[string]any{"fields": fields})
	return string(text), err
}

// valuesOf are the texts of an edit, further fields of a contact as fields.name.
func valuesOf(fields string) (map[string]string, error) {
	var all map[string]any
	if err := json.Unmarshal([]byte(fields), &all); err != nil {
		return nil, err
	}
	values := map[string]string{}
	for name, value := range all {
		switch value := value.(type) {
		case string:
			values[name] = value
		case map[string]any:
			for further, text := range value {
				values[name+"."+further] = fmt.Sprint(text)
			}
		}
	}
	return values, nil
}
