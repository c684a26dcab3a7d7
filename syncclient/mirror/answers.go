package mirror

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Answers is what the server's answers to edits did.
type Answers struct {
	// Applied edits took effect, of which Merged not with all their fields. Refused ones did not.
	Applied, Merged, Refused int
}

// Answered writes down what became of edits that were sent. Applied edits stay in sight as edits until the server's
// rows have come (Confirm). Of refused ones and of fields in conflict a person is told (attention), who finds there
// what they had written; the rows are as the server has them.
func (m *Mirror) Answered(ctx context.Context, results []protocol.Result) (Answers, error) {
	var done Answers
	for _, r := range results {
		if err := m.needed(ctx, func() error { return m.answer(ctx, r, &done) }); err != nil {
			return done, fmt.Errorf("write down an answer: %w", err)
		}
	}
	return done, m.settleAnswers(ctx)
}

// answer writes down one result: in main.db, with all that main.db has to do with it.
func (m *Mirror) answer(ctx context.Context, r protocol.Result, done *Answers) error {
	m.unconfirmed = true
	name, err := m.nameOf(ctx, r.Number)
	if err != nil {
		return err
	}
	if r.State == protocol.Refused {
		rows, err := m.rowsOnlyHere(ctx, r.Number)
		if err != nil {
			return err
		}
		if rows > 0 {
			r.Message += fmt.Sprintf(" What was put into it is only here, and goes with it: %d rows.", rows)
		}
	}
	fresh := false
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		var e sentEdit
		err := tx.QueryRowContext(ctx, `
			UPDATE sent SET result = ?1, version = ?2, answered_at = ?3, settled = (item = id), went_into = ?5 WHERE number = ?4 AND result IS NULL
			RETURNING key, op, kind, id, item, fields, before`, r.State, versionOfRow(r), micros(m.now()), r.Number, r.Into).
			Scan(&e.key, &e.op, &e.kind, &e.id, &e.item, &e.fields, &e.before)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // answered before
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE replica SET acknowledged = max(acknowledged, ?)`, r.Number); err != nil {
			return err
		}
		fresh = true
		// Not what was taken away meanwhile, nor what was told of before the edit had to be sent again.
		if e.fields.Valid && e.before != r.State {
			if err := m.notice(ctx, tx, e, r, name); err != nil {
				return err
			}
		}
		if e.item != e.id {
			return nil // the rest is in the file of its list
		}
		return conclude(ctx, tx, e.key, r.State, "")
	})
	if err == nil && fresh {
		done.count(r) // not inside the transaction, which is tried again where the disk was full
	}
	return err
}

func (a *Answers) count(r protocol.Result) {
	if r.State == protocol.Refused {
		a.Refused++
		return
	}
	a.Applied++
	a.Merged += min(len(r.Conflicts), 1)
}

// sentEdit is an edit that has been sent.
type sentEdit struct {
	key, id, item string
	op            protocol.Enum
	kind          protocol.Kind
	fields        sql.NullString // NULL where it was erased
	before        protocol.Enum  // the answer under an earlier replica id
}

// notice writes down what of an edit needs a person's eye.
func (m *Mirror) notice(ctx context.Context, tx *sql.Tx, e sentEdit, r protocol.Result, name string) error {
	switch {
	case r.State == protocol.Refused:
		_, err := tx.ExecContext(ctx, `
			INSERT INTO attention (key, what, op, kind, id, item, name, fields, code, message, field, at)
			VALUES (?, 'refused', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET what = excluded.what, op = excluded.op, fields = excluded.fields, code = excluded.code,
				message = excluded.message, field = excluded.field, at = excluded.at`,
			e.key, e.op, e.kind, e.id, e.item, name, e.fields.String, r.Code, r.Message, r.Field, micros(m.now()))
		return err
	case len(r.Conflicts) == 0:
		return nil
	}
	mine, err := only(e.fields.String, r.Conflicts)
	if err != nil || mine == "{}" {
		return err
	}
	row := e.id
	if r.Into != "" {
		row = r.Into
	}
	var copied any
	if e.item == e.id {
		if copied, err = m.copyAside(ctx, tx, e); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT OR REPLACE INTO attention (key, what, op, kind, id, item, name, fields, field, copy, at) VALUES (?, 'conflict', 'change', ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.key, e.kind, row, e.item, name, mine, strings.Join(r.Conflicts, ","), copied, micros(m.now()))
	return err
}

// nameOf is what a person calls the row that an edit is about, as it is here; empty where it is not here.
func (m *Mirror) nameOf(ctx context.Context, number int64) (string, error) {
	var e sentEdit
	err := m.main.QueryRowContext(ctx, `SELECT kind, id, item FROM sent WHERE number = ?`, number).Scan(&e.kind, &e.id, &e.item)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", classify(err)
	}
	if e.item == e.id {
		v, _ := viewOf(e.kind)
		return nameIn(ctx, m.main, v.name, "name", e.id)
	}
	b := Bucket{ID: e.item, Kind: e.kind.Rows()}
	f, err := m.file(ctx, b)
	if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	column := map[protocol.Enum]string{protocol.Contacts: "email", protocol.Entries: "value", protocol.Leads: "name"}[f.kind]
	name, err := nameIn(ctx, f.db, rowView(f.layout).name, column, e.id)
	return name, passOver(m.loseDamaged(ctx, b, err), ErrStale)
}

// rowsOnlyHere counts the rows of a list whose creation an edit is.
func (m *Mirror) rowsOnlyHere(ctx context.Context, number int64) (int, error) {
	b := Bucket{}
	var kind protocol.Kind
	err := m.main.QueryRowContext(ctx, `SELECT s.id, s.kind FROM sent s JOIN local_files f ON f.id = s.id WHERE s.number = ? AND s.op = 'create'`, number).
		Scan(&b.ID, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, classify(err)
	}
	b.Kind = kind.Rows()
	f, err := m.file(ctx, b)
	if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var rows int
	err = f.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM %s`, rowView(f.layout).name)).Scan(&rows)
	return rows, passOver(m.loseDamaged(ctx, b, classify(err)), ErrStale)
}

func nameIn(ctx context.Context, db *sql.DB, view, column, id string) (string, error) {
	var name string
	err := db.QueryRowContext(ctx, fmt.Sprintf(`SELECT coalesce((SELECT %s FROM %s WHERE id = ?), '')`, column, view), id).Scan(&name)
	return name, classify(err)
}

// only returns those fields of an edit that are named; further fields of a contact are named fields.x.
func only(fields string, names []string) (string, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(fields), &all); err != nil {
		return "", err
	}
	var further map[string]json.RawMessage
	_ = json.Unmarshal(all["fields"], &further)
	some, named := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for _, name := range names {
		if value, ok := all[name]; ok && name != "fields" {
			some[name] = value
		}
		if key, is := strings.CutPrefix(name, "fields."); is && further[key] != nil {
			named[key] = further[key]
		}
	}
	if len(named) > 0 {
		text, err := json.Marshal(named)
		if err != nil {
			return "", err
		}
		some["fields"] = text
	}
	text, err := json.Marshal(some)
	return string(text), err
}

// conclude does in an outbox what an answer means: a refused edit goes, any other waits for the server's row. Later edits
// of a row that went into another one are edits of that one.
func conclude(ctx context.Context, tx *sql.Tx, key string, result protocol.Enum, into string) error {
	if into != "" {
		var id string
		err := tx.QueryRowContext(ctx, `SELECT id FROM outbox WHERE key = ?`, key).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE outbox SET id = ?, base = 1 WHERE id = ? AND state = 'open' AND op <> 'create'`, into, id)
		}
		if err != nil {
			return err
		}
		if err := errors.Join(rebuild(ctx, tx, id), rebuild(ctx, tx, into)); err != nil {
			return err
		}
	}
	if result == protocol.Refused {
		return takeBack(ctx, tx, key)
	}
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'applied' WHERE key = ?`, key)
	return err
}

// settleAnswers does in the files of lists what answers mean there. main.db has the answers, so that a process which is
// killed in between goes on with it.
func (m *Mirror) settleAnswers(ctx context.Context) error {
	rows, err := m.main.QueryContext(ctx, `SELECT key, kind, item, result, went_into FROM sent WHERE settled = 0 AND result IS NOT NULL ORDER BY number`)
	if err != nil {
		return fmt.Errorf("read the answers: %w", classify(err))
	}
	type answered struct {
		key, item, into string
		kind            protocol.Kind
		result          protocol.Enum
	}
	var all []answered
	for rows.Next() {
		var a answered
		if err := rows.Scan(&a.key, &a.kind, &a.item, &a.result, &a.into); err != nil {
			rows.Close()
			return fmt.Errorf("read the answers: %w", classify(err))
		}
		all = append(all, a)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the answers: %w", classify(err))
	}
	for _, a := range all {
		f, err := m.file(ctx, Bucket{ID: a.item, Kind: a.kind.Rows()})
		if err == nil {
			err = transact(ctx, f.db, func(tx *sql.Tx) error { return conclude(ctx, tx, a.key, a.result, a.into) })
			err = m.loseDamaged(ctx, Bucket{ID: a.item, Kind: a.kind.Rows()}, err)
		}
		if err != nil && !errors.Is(err, ErrGone) && !errors.Is(err, ErrStale) {
			return fmt.Errorf("carry out an answer: %w", err)
		}
		if _, err := m.main.ExecContext(ctx, `UPDATE sent SET settled = 1 WHERE key = ?`, a.key); err != nil {
			return fmt.Errorf("carry out an answer: %w", classify(err))
		}
	}
	return nil
}

// versionOfRow is the version that a mutation made of its row; nil where it made none, or one of another row.
func versionOfRow(r protocol.Result) any {
	if r.Version == 0 || r.Into != "" {
		return nil
	}
	return r.Version
}
