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

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Attention is something that needs a person's eye.
type Attention struct {
	// Key names it.
	Key string
	// What is conflict (others had changed the same fields), refused (the server did not take it) or discarded (it was
	// about something that was taken away).
	What string
	// Op is create, change or delete; Kind what kind of row it is about, ID which, Item that of its list.
	Op   string
	Kind protocol.Kind
	ID   string
	Item string
	// Name is what a person calls the row, as far as it is known.
	Name string
	// Mine is what the person had written, by column: JSON. It holds the fields in conflict, or all that was refused.
	Mine json.RawMessage
	// Theirs has the same columns as the server has them now; empty where the row is not there.
	Theirs json.RawMessage
	// Code, Message and Field say why an edit was refused; Field names the fields in conflict, with commas.
	Code, Message, Field string
	// Copy is the item that holds the person's version; empty where there is none.
	Copy string
	// At is when the answer came: microseconds since 1970 in UTC.
	At int64
	// Resolution is what has been decided and is still to be carried out; empty before. It may be decided anew.
	Resolution Resolution
	// Failure says why the last decision could not be carried out.
	Failure string
}

// Undecided counts what needs a person's eye and has not been decided.
func (e *Editor) Undecided(ctx context.Context) (int, error) {
	main, err := e.open(ctx, reading)
	if err != nil {
		return 0, err
	}
	defer main.Close()
	var n int
	err = main.QueryRowContext(ctx, `SELECT count(*) FROM attention WHERE resolution IS NULL`).Scan(&n)
	return n, classify(err)
}

// Attention returns all that needs a person's eye, oldest first, with what they have decided.
func (e *Editor) Attention(ctx context.Context) ([]Attention, error) {
	main, err := e.open(ctx, reading)
	if err != nil {
		return nil, err
	}
	defer main.Close()
	rows, err := main.QueryContext(ctx, `SELECT key, what, op, kind, id, item, name, fields, code, message, field, coalesce(copy, ''), at, coalesce(resolution, ''), failure
		FROM attention ORDER BY at, key`)
	if err != nil {
		return nil, fmt.Errorf("read what needs attention: %w", classify(err))
	}
	defer rows.Close()
	var all []Attention
	for rows.Next() {
		var a Attention
		var mine []byte
		err := rows.Scan(&a.Key, &a.What, &a.Op, &a.Kind, &a.ID, &a.Item, &a.Name, &mine, &a.Code, &a.Message, &a.Field, &a.Copy, &a.At, &a.Resolution, &a.Failure)
		if err != nil {
			return nil, fmt.Errorf("read what needs attention: %w", classify(err))
		}
		a.Mine = mine
		all = append(all, a)
	}
	if err := rows.Err(); err != nil {
		return nil, classify(err)
	}
	rows.Close()
	main.Close()
	for i := range all {
		if err := e.look(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// look adds what the files have to tell of a line: the server's values, and the name of a row that had none when the
// answer came, since it was deleted here.
func (e *Editor) look(ctx context.Context, a *Attention) error {
	var mine map[string]json.RawMessage
	_ = json.Unmarshal(a.Mine, &mine) // a program may have made anything of it
	if a.Item == "" || a.Name != "" && len(mine) == 0 {
		return nil
	}
	err := e.in(ctx, reading, a.Kind, a.Item, func(tx *sql.Tx, v view) error {
		if a.Name == "" {
			err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT coalesce((SELECT %s FROM %s WHERE id = ?), '')`, v.called(), v.name), a.ID).Scan(&a.Name)
			if err != nil {
				return err
			}
		}
		return v.theirs(ctx, tx, a, mine)
	})
	for _, harmless := range []error{ErrGone, ErrNotKept, ErrNone, ErrOlder} { // of the list's file
		err = passOver(err, harmless)
	}
	return err
}

// theirs adds the server's values of the fields that an edit has.
func (v view) theirs(ctx context.Context, tx *sql.Tx, a *Attention, mine map[string]json.RawMessage) error {
	if len(mine) == 0 {
		return nil
	}
	var pairs []string
	for _, c := range v.columns {
		if mine[c.fieldName()] != nil && c.field == "" {
			value := "s." + c.name
			if c.name == "fields" {
				value = "json(s.fields)"
			}
			pairs = append(pairs, fmt.Sprintf("'%s', %s", c.name, value))
		}
	}
	var text []byte
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT json_object(%s) FROM %s s WHERE id = ?`, strings.Join(pairs, ", "), v.table), a.ID).Scan(&text)
	a.Theirs = text
	return passOver(err, sql.ErrNoRows)
}

// called is what a person calls a row, as an expression of its columns.
func (v view) called() string {
	switch v.kind {
	case protocol.KindContact:
		return "email"
	case protocol.KindEntry:
		return "value"
	case protocol.KindLead:
		return "coalesce(nullif(name, ''), nullif(email, ''), phone)"
	}
	return "name"
}

// Correct changes what a person had written in an edit that was refused, before it is sent once more (Mine). values are
// by column, as of Change; of fields, those that are not given are to be empty. ErrGone where there is no such edit,
// ErrRefused where a value makes no sense.
func (e *Editor) Correct(ctx context.Context, key string, values map[string]any) error {
	main, err := e.open(ctx, writing)
	if err != nil {
		return err
	}
	defer main.Close()
	return transact(ctx, main, func(tx *sql.Tx) error {
		var kind protocol.Kind
		var fields []byte
		err := tx.QueryRowContext(ctx, `SELECT kind, fields FROM attention WHERE key = ? AND what = 'refused'`, key).Scan(&kind, &fields)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrGone
		}
		if err != nil {
			return err
		}
		v, known := viewOf(kind)
		if !known {
			return ErrGone
		}
		if err := v.writable(slices.Sorted(maps.Keys(values))); err != nil {
			return err
		}
		corrected, err := v.corrected(fields, values)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE attention SET fields = ? WHERE key = ?`, corrected, key)
		return err
	})
}

// Decide says what is to become of something that needed a person's eye. Whoever keeps the mirror carries it out; where
// that does not work, it comes back with a Failure. ErrGone where there is no such thing, ErrRefused where there are no two
// versions to keep.
func (e *Editor) Decide(ctx context.Context, key string, r Resolution) error {
	main, err := e.open(ctx, writing)
	if err != nil {
		return err
	}
	defer main.Close()
	n, err := affected(main.ExecContext(ctx, `UPDATE attention SET resolution = ?, failure = '' WHERE key = ?`, string(r), key))
	if err != nil {
		return refused(classify(err))
	}
	if n == 0 {
		return ErrGone
	}
	return nil
}
