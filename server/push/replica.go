package push

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// replica is a desktop's row, locked until the transaction ends.
type replica struct {
	id, person uuid.UUID
	// last is the number of its last mutation that is settled.
	last int64
}

// lock takes the row of a person's replica, and makes it where it is new. Two requests of one replica take turns.
func lock(ctx context.Context, tx *feed.Tx, person, given uuid.UUID) (replica, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return replica{}, err
	}
	r := replica{person: person}
	err = tx.QueryRow(ctx, `INSERT INTO replicas (id, created_at, account_id, collaborator_id, given_id, last_mutation, acknowledged, seen_at)
		VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?2)
		ON CONFLICT (collaborator_id, given_id) DO UPDATE SET seen_at = excluded.seen_at RETURNING id, last_mutation`,
		[]any{id, int64(instant.Now()), tx.Account, person, given}, &r.id, &r.last)
	if err != nil {
		return replica{}, fmt.Errorf("locking a replica: %w", err)
	}
	return r, nil
}

// acknowledge notes that answers have arrived; those of a number that the server does not know are of no account.
func (r replica) acknowledge(ctx context.Context, tx *feed.Tx, number int64) error {
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, `UPDATE replicas SET acknowledged = ?1 WHERE id = ?2 AND acknowledged < ?1`),
		min(number, r.last), r.id)
	if err != nil {
		return fmt.Errorf("noting what a replica has heard: %w", err)
	}
	return nil
}

// remembered returns the result of a number that is settled, or the Forked fault where that was another mutation's.
func (r replica) remembered(ctx context.Context, tx *feed.Tx, m Mutation, hash []byte) (*Result, error) {
	var key uuid.UUID
	var content []byte
	var text string
	err := tx.QueryRow(ctx, `SELECT given_id, content_hash, result FROM applied_mutations WHERE replica_id = ? AND number = ?`,
		[]any{r.id, m.Number}, &key, &content, &text)
	switch {
	case err == sql.ErrNoRows:
		return nil, fault.New(fault.Forked, "What mutation %d of this replica was is no longer known. Go on under a new id.", m.Number)
	case err != nil:
		return nil, fmt.Errorf("looking up a mutation: %w", err)
	case key != m.Key || string(content) != string(hash) && !m.erased():
		return nil, fault.New(fault.Forked, "Mutation %d of this replica was another one: its files were copied or restored. Go on under a new id.", m.Number)
	}
	return resultOf(text, m.Number)
}

// claim makes the mutation this replica's next. Where the person has pushed it before, under another number, it also
// settles it, with the result it had. Another transaction that is about to settle it is waited for.
func (r replica) claim(ctx context.Context, tx *feed.Tx, m Mutation, hash []byte) (*Result, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	row := []any{id, int64(instant.Now()), tx.Account, r.person, r.id, m.Number, m.Key, hash, false, ""}
	earlier, err := r.elsewhere(ctx, tx, m, hash)
	if err == nil && earlier == "" {
		err = tx.QueryRow(ctx, insert+` ON CONFLICT (collaborator_id, given_id, content_hash) WHERE NOT again DO NOTHING RETURNING id`, row, &id)
		if err == nil {
			return nil, nil
		}
		if err == sql.ErrNoRows { // another transaction has settled it meanwhile
			earlier, err = r.elsewhere(ctx, tx, m, hash)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("claiming a mutation: %w", err)
	}
	row[8], row[9] = true, earlier
	if _, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, insert), row...); err != nil {
		return nil, fmt.Errorf("noting a mutation again: %w", err)
	}
	if err := r.advance(ctx, tx, m.Number); err != nil {
		return nil, err
	}
	return resultOf(earlier, m.Number)
}

const insert = `INSERT INTO applied_mutations
	(id, created_at, account_id, collaborator_id, replica_id, number, given_id, content_hash, again, result)
	VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`

// elsewhere returns the result that the mutation had under another number; empty where there is none.
func (r replica) elsewhere(ctx context.Context, tx *feed.Tx, m Mutation, hash []byte) (text string, err error) {
	err = tx.QueryRow(ctx, `SELECT result FROM applied_mutations WHERE collaborator_id = ? AND given_id = ? AND NOT again
		AND (content_hash = ? OR ?) ORDER BY number LIMIT 1`, []any{r.person, m.Key, hash, m.erased()}, &text)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return text, err
}

// store writes the result of the mutation that was claimed.
func (r replica) store(ctx context.Context, tx *feed.Tx, number int64, result Result) error {
	text, err := result.encode()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, store.Rebind(tx.Dialect, `UPDATE applied_mutations SET result = ? WHERE replica_id = ? AND number = ?`),
		text, r.id, number)
	if err != nil {
		return fmt.Errorf("storing a result: %w", err)
	}
	return r.advance(ctx, tx, number)
}

func (r replica) advance(ctx context.Context, tx *feed.Tx, number int64) error {
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, `UPDATE replicas SET last_mutation = ? WHERE id = ?`), number, r.id)
	if err != nil {
		return fmt.Errorf("counting a mutation: %w", err)
	}
	return nil
}

// hash is of what the mutation says. On what it was based, and what was seen, is not part of it: a replica that goes on
// after a restore may know more than when it first pushed it.
func (m Mutation) hash() ([]byte, error) {
	says := maps.Clone(m.Content)
	delete(says, "base")
	delete(says, "mine")
	delete(says, "seen")
	text, err := json.Marshal(says)
	if err != nil {
		return nil, fmt.Errorf("writing a mutation: %w", err)
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}

// erased reports whether a mutation says nothing but what it is about, as one of which a desktop has erased the content
// because it may no longer keep it, and still has to hear what became of it. Its key must do.
func (m Mutation) erased() bool {
	fields, _ := m.Content["fields"].(map[string]any)
	return len(fields) == 0
}

// Last returns the number of the last mutation of a person's replica that is settled; 0 where it has pushed none.
func Last(ctx context.Context, q Querier, dialect string, person, given uuid.UUID) (last int64, err error) {
	rows, err := q.QueryContext(ctx, store.Rebind(dialect, `SELECT last_mutation FROM replicas WHERE collaborator_id = ? AND given_id = ?`),
		person, given)
	if err != nil {
		return 0, fmt.Errorf("reading a replica: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(&last); err != nil {
			return 0, fmt.Errorf("reading a replica: %w", err)
		}
	}
	return last, rows.Err()
}

// Querier is a transaction or a client of the store.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}
