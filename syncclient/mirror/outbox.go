package mirror

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Outgoing returns the next edits to send, at most so many, of about protocol.BytesPerPush: those that
// have a number and no answer yet, exactly as they were sent before, or else the next ones from the outboxes, which get
// their numbers now. Without mutations there is nothing to send.
//
// Items go first, then the rows of each list, in the order in which they were edited. Rows of a list that the server
// has not told of wait until it has.
func (m *Mirror) Outgoing(ctx context.Context, most int) (protocol.Push, error) {
	if err := m.settleAnswers(ctx); err != nil {
		return protocol.Push{}, err
	}
	push, err := m.unanswered(ctx, most)
	if err != nil || len(push.Mutations) > 0 {
		return push, err
	}
	if err := m.number(ctx); err != nil {
		return protocol.Push{}, err
	}
	if err := m.settleAnswers(ctx); err != nil { // those that it found not to be carried out
		return protocol.Push{}, err
	}
	return m.unanswered(ctx, most)
}

// unanswered returns what has a number and no answer.
func (m *Mirror) unanswered(ctx context.Context, most int) (protocol.Push, error) {
	var push protocol.Push
	err := m.main.QueryRowContext(ctx, `SELECT id, acknowledged FROM replica`).Scan(&push.Replica, &push.Acknowledged)
	if err != nil {
		return push, fmt.Errorf("read the replica: %w", classify(err))
	}
	rows, err := m.main.QueryContext(ctx, `
		SELECT s.number, s.key, s.op, s.kind, s.id, CASE WHEN s.item = s.id THEN '' ELSE s.item END, s.base, s.seen, coalesce(s.fields, '{}'),
			(SELECT json_group_array(o.version) FROM sent o WHERE o.id = s.id AND o.version > CASE s.op WHEN 'delete' THEN 0 ELSE s.base END)
		FROM sent s WHERE s.number IS NOT NULL AND s.result IS NULL AND s.settled = 0 ORDER BY s.number LIMIT +?`, most)
	if err != nil {
		return push, fmt.Errorf("read what is to be sent: %w", classify(err))
	}
	defer rows.Close()
	size := 0
	rowsOf := map[string]bool{}
	for rows.Next() {
		var one protocol.Mutation
		var fields, mine, seen []byte
		if err := rows.Scan(&one.Number, &one.Key, &one.Op, &one.Kind, &one.ID, &one.Item, &one.Base, &seen, &fields, &mine); err != nil {
			return push, fmt.Errorf("read what is to be sent: %w", classify(err))
		}
		if err := json.Unmarshal(mine, &one.Mine); err != nil {
			return push, fmt.Errorf("read what is to be sent: %w", err)
		}
		if one.Op != protocol.Create {
			one.Base = max(one.Base, 1) // made here and not seen on the server yet: its first version is ours
		}
		if size += len(fields) + len(seen) + 300; size > protocol.BytesPerPush && len(push.Mutations) > 0 {
			break
		}
		if rowsOf[one.ID] {
			break // its base is known once the edit of that row before it has its answer
		}
		rowsOf[one.ID] = true
		one.Fields = fields
		if string(seen) != "{}" {
			one.Seen = seen
		}
		push.Mutations = append(push.Mutations, one)
	}
	return push, classify(rows.Err())
}

// durably is transact for what must not be lost in a power cut, once something else builds upon it.
func durably(ctx context.Context, db *sql.DB, work func(tx *sql.Tx) error) error {
	if _, err := db.ExecContext(ctx, `PRAGMA synchronous = FULL`); err != nil {
		return classify(err)
	}
	err := transact(ctx, db, work)
	_, back := db.ExecContext(context.WithoutCancel(ctx), `PRAGMA synchronous = NORMAL`)
	return errors.Join(err, classify(back))
}

// Pending reports whether lists have edits that may wait for something to come first.
func (m *Mirror) Pending() bool { return len(m.edited) > 0 }

// number gives the next edits their numbers, those of main.db first.
func (m *Mirror) number(ctx context.Context) error {
	left, size := protocol.MutationsPerPush, protocol.BytesPerPush
	sources := []Bucket{{}}
	for _, id := range slices.Sorted(maps.Keys(m.edited)) {
		sources = append(sources, m.edited[id])
	}
	for _, b := range sources {
		if left <= 0 || size <= 0 {
			return nil
		}
		taken, err := m.numberFrom(ctx, b, left, size)
		if err != nil {
			return fmt.Errorf("number the next edits: %w", err)
		}
		left -= len(taken)
		for _, one := range taken {
			size -= len(one.Fields) + 300
		}
	}
	return nil
}

// numberFrom numbers the next edits of one file: a bucket's or, without an ID, main.db. They are sealed in their file
// first, so that they cannot grow any more, and then written down in main.db: a process that is killed in between finds
// them sealed and without a number.
func (m *Mirror) numberFrom(ctx context.Context, b Bucket, most, size int) (taken []protocol.Mutation, err error) {
	sealing := func(tx *sql.Tx) (err error) {
		taken, err = seal(ctx, tx, b, most, size)
		return err
	}
	if b.ID == "" {
		err := durably(ctx, m.main, func(tx *sql.Tx) error {
			if err := sealing(tx); err != nil {
				return err
			}
			return m.writeDown(ctx, tx, taken)
		})
		return taken, err
	}
	if told, err := m.told(ctx, b); err != nil || !told {
		return nil, err
	}
	f, err := m.file(ctx, b)
	if err == nil {
		err = m.loseDamaged(ctx, b, durably(ctx, f.db, sealing))
	}
	if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
		delete(m.edited, b.ID) // what could be saved of a file that was lost is in main.db now
		return nil, nil
	}
	if err != nil || len(taken) == 0 {
		return nil, err
	}
	return taken, transact(ctx, m.main, func(tx *sql.Tx) error { return m.writeDown(ctx, tx, taken) })
}

// told reports whether the server has told of an item.
func (m *Mirror) told(ctx context.Context, b Bucket) (bool, error) {
	l, _ := layoutOf(b.Kind)
	var found bool
	err := m.main.QueryRowContext(ctx, fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE id = ?)`, l.items), b.ID).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("look for a list: %w", classify(err))
	}
	return found, nil
}

// seal takes the next entries of one outbox. New lists and blacklists go before what may name them.
func seal(ctx context.Context, tx *sql.Tx, of Bucket, most, size int) ([]protocol.Mutation, error) {
	order := "seq"
	if of.ID == "" {
		order = "op = 'create' AND kind IN ('list', 'blacklist') DESC, seq"
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT key, op, kind, id, fields, base, at, seen FROM outbox WHERE state IN ('open', 'sealed') ORDER BY `+order+` LIMIT ?`, most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var taken []protocol.Mutation
	for rows.Next() && size > 0 {
		one := protocol.Mutation{Item: of.ID}
		var fields, saw []byte
		if err := rows.Scan(&one.Key, &one.Op, &one.Kind, &one.ID, &fields, &one.Base, &one.Number, &saw); err != nil {
			return nil, err
		}
		one.Fields, one.Seen = fields, saw
		size -= len(fields) + len(saw) + 300
		taken = append(taken, one)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for i, one := range taken {
		// What can still grow may grow differently in a copy of the mirror: the key is that of the content as it is now.
		key, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		err = tx.QueryRowContext(ctx, `UPDATE outbox SET key = CASE state WHEN 'open' THEN ? ELSE key END, state = 'sealed',
			seen = CASE state WHEN 'open' THEN ? ELSE seen END WHERE key = ? RETURNING key, seen`,
			key.String(), digested(one.Seen), one.Key).Scan(&taken[i].Key, (*[]byte)(&taken[i].Seen))
		if err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// writeDown numbers edits. Until then their Number is the moment at which they were made.
func (m *Mirror) writeDown(ctx context.Context, tx *sql.Tx, taken []protocol.Mutation) error {
	for _, one := range taken {
		item := one.Item
		if item == "" {
			item = one.ID
		}
		if one.Kind == protocol.KindCampaign {
			if err := knownReferences(ctx, tx, &one); err != nil {
				return err
			}
		}
		// What no server could read is written down without its content; the person finds it in attention.
		fields, readable := readableFields(one.Fields)
		added, err := affected(tx.ExecContext(ctx, `
			INSERT OR IGNORE INTO sent (key, number, op, kind, id, item, fields, base, at, seen)
			SELECT ?, issued + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM replica`,
			one.Key, one.Op, one.Kind, one.ID, item, fields, one.Base, one.Number, string(one.Seen)))
		if err != nil {
			return err
		}
		if added == 0 {
			// It has its number already. If it has its answer, too, a power cut has taken back what that did in the file.
			if _, err := tx.ExecContext(ctx, `UPDATE sent SET settled = 0 WHERE key = ? AND result IS NOT NULL`, one.Key); err != nil {
				return err
			}
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE replica SET issued = issued + 1`); err != nil {
			return err
		}
		if !readable {
			_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO attention (key, what, op, kind, id, item, name, fields, code, message, at)
				VALUES (?, 'refused', ?, ?, ?, ?, '', ?, ?, 'This edit is too large to be sent, or cannot be read.', ?)`,
				one.Key, one.Op, one.Kind, one.ID, item, string(bytes.ToValidUTF8(one.Fields, []byte("\ufffd"))), protocol.BadInput, micros(m.now()))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// rebuild makes the edits of a row what its entries in the outbox amount to.
func rebuild(ctx context.Context, tx *sql.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM edits WHERE id = ?`, id); err != nil {
		return err
	}
	entries, err := column(ctx, tx, `SELECT key FROM outbox WHERE id = ? ORDER BY seq`, id)
	if err != nil {
		return err
	}
	for _, key := range entries {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO edits (id, kind, created, deleted, fields, at)
			SELECT id, kind, op = 'create', op = 'delete', fields, at FROM outbox WHERE key = ?
			ON CONFLICT (id) DO UPDATE SET fields = json_patch(fields, excluded.fields), deleted = excluded.deleted, at = excluded.at`, key)
		if err != nil {
			return err
		}
	}
	return nil
}

// takeBack takes entries out of an outbox.
func takeBack(ctx context.Context, tx *sql.Tx, keys ...string) error {
	for _, key := range keys {
		var id string
		err := tx.QueryRowContext(ctx, `DELETE FROM outbox WHERE key = ? RETURNING id`, key).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err == nil {
			err = rebuild(ctx, tx, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
