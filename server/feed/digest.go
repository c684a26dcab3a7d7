package feed

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/store"
)

// Contacts and entries of blacklists have a digest each, and their item the sum, by which copies are held to the truth.
// Who writes a row writes its digest with it and tells of it here (Wrote), or has it done (Digest). Leads have none:
// they are written by statements that never see them, and what a person sees of them is added up when it is asked.

// Wrote records that a row's digest changed: before is the zero Row of a row that is new, after that of one that is
// deleted.
func (r *Rows) Wrote(before, after digest.Row) { r.digest = r.digest.Plus(after).Minus(before) }

// Digest writes the digests of the rows that this transaction has written so far (with the position Seq) and that left
// the columns digest_a and digest_b as they were, and records them. It reads and writes each of them once more: it is
// for writers that do not see what they write.
func (r *Rows) Digest(ctx context.Context) error {
	where := map[item.Kind]string{item.KindContactList: `list_id`, item.KindBlacklist: `blacklist_id`}[r.kind]
	if where == "" {
		return nil
	}
	rows, err := r.tx.QueryContext(ctx, store.Rebind(r.tx.Dialect,
		digest.Select(r.kind, r.tx.Dialect)+` WHERE `+where+` = ? AND row_seq = ?`), r.item, r.Seq)
	if err != nil {
		return fmt.Errorf("reading rows for their digests: %w", err)
	}
	var changes [][3]any
	err = digest.Each(rows, func(row digest.Read) {
		if row.Row != row.Kept {
			a, b := row.Row.Columns()
			changes = append(changes, [3]any{row.ID, a, b})
			r.Wrote(row.Kept, row.Row)
		}
	})
	if err != nil {
		return err
	}
	table := map[item.Kind]string{item.KindContactList: `contacts`, item.KindBlacklist: `blacklist_entries`}[r.kind]
	query := `SET digest_a = change.value ->> 1, digest_b = change.value ->> 2 FROM json_each(?1) AS change WHERE ` + table + `.id = change.value ->> 0`
	if r.tx.Dialect == dialect.Postgres {
		query = `SET digest_a = (change.value ->> 1)::bigint, digest_b = (change.value ->> 2)::bigint
			FROM json_array_elements(CAST(?1 AS json)) AS change(value) WHERE ` + table + `.id = (change.value ->> 0)::uuid`
	}
	for some := range slices.Chunk(changes, logBatch) {
		if err := r.tx.exec(ctx, `UPDATE `+table+` `+query, asJSON(some)); err != nil {
			return fmt.Errorf("writing digests: %w", err)
		}
	}
	return nil
}
