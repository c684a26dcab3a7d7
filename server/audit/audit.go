// Package audit keeps the history of an account: who did what to which item or person, and when.
//
// It guarantees that a history is append-only and that tampering shows. Lines are numbered without gaps in
// the order of their commits, their moments never run backwards, each holds a hash over the line before and
// itself, and the account holds the number and hash of the last one. [Check] reads it all and finds the
// first thing that does not fit. Whoever can write to the database can also forge a whole chain anew:
// against that, keep a line's number and hash elsewhere, and hand them to Check as [Noted]. DESIGN.md has
// the format, for those who verify it with a program of their own.
//
// It leaves to others what is worth a line, and who may read it.
package audit

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/store"
)

// Line is one thing that was done.
type Line struct {
	Verb Verb
	// Actor is the collaborator who did it; zero for the server itself.
	Actor uuid.UUID
	// Item and Person are what it was done to; zero where it was not done to one.
	Item, Person uuid.UUID
	// Detail says the rest: names that may be gone later, values before and after. See Verb.
	Detail map[string]string
}

// Append adds lines to an account's history in the caller's transaction. From here to the commit the
// account's row is locked, so it belongs to the transaction's last statements, or before those that lock
// what others lock after the account. Without lines it does nothing.
func Append(ctx context.Context, tx *ent.Tx, dialectName string, account uuid.UUID, lines ...Line) error {
	if len(lines) == 0 {
		return nil
	}
	end, err := hold(ctx, tx, dialectName, account)
	if err != nil {
		return fmt.Errorf("reading the end of account %s's history: %w", account, err)
	}
	at := max(instant.Now(), end.at)
	for some := range slices.Chunk(lines, batch) {
		rows := make([]*ent.AuditEventCreate, len(some))
		for i, line := range some {
			end.number++
			r := record{
				account: account.String(), number: end.number, at: at, verb: string(line.Verb),
				actor: idOf(line.Actor), item: idOf(line.Item), person: idOf(line.Person), detail: encode(line.Detail),
			}
			end.hash = r.hash(end.hash)
			rows[i] = tx.AuditEvent.Create().SetAccountID(account).SetNumber(end.number).SetCreatedAt(at).
				SetVerb(string(line.Verb)).SetDetail(r.detail).SetHash(end.hash).
				SetNillableActorID(known(line.Actor)).SetNillableItemID(known(line.Item)).SetNillablePersonID(known(line.Person))
		}
		if err := tx.AuditEvent.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("writing the history: %w", err)
		}
	}
	_, err = tx.ExecContext(ctx, store.Rebind(dialectName, `UPDATE accounts SET history_count = ?, history_hash = ? WHERE id = ?`),
		end.number, end.hash, account)
	if err != nil {
		return fmt.Errorf("writing the end of the history: %w", err)
	}
	return nil
}

// batch is how many lines one statement inserts: few enough for the parameters that SQLite takes.
const batch = 500

// place is where a line stands.
type place struct {
	number int64
	hash   []byte
	at     instant.Instant
}

// hold locks the account's row and returns where the last line stands. That line's moment is read after the
// lock: clocks of several nodes differ, and a search by time relies on the order.
func hold(ctx context.Context, tx *ent.Tx, dialectName string, account uuid.UUID) (end place, err error) {
	query := `SELECT history_count, history_hash FROM accounts WHERE id = ?`
	if dialectName == dialect.Postgres { // SQLite has one writer
		query += ` FOR NO KEY UPDATE`
	}
	err = queryRow(ctx, tx, dialectName, query, []any{account}, &end.number, &end.hash)
	if err != nil || end.number == 0 {
		return end, err
	}
	err = queryRow(ctx, tx, dialectName, `SELECT created_at FROM audit_events WHERE account_id = ? AND number = ?`,
		[]any{account, end.number}, &end.at)
	if err == sql.ErrNoRows { // somebody has deleted it, which is for Check to find
		err = nil
	}
	return end, err
}

// queryRow scans the one row of a query.
func queryRow(ctx context.Context, tx *ent.Tx, dialectName, query string, args []any, dest ...any) error {
	rows, err := tx.QueryContext(ctx, store.Rebind(dialectName, query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}

func known(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
