package addressbook

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// ImportEntries adds the addresses and domains of a text file, one a line, to a blacklist that the viewer
// in the context may change. Empty lines and lines that begin with # are passed over. A file of our own
// (File) has their reasons and notes, too. What the blacklist has already stays as it is, so importing the
// same file again changes nothing. Otherwise it is like Import.
func (b *Book) ImportEntries(ctx context.Context, blacklist uuid.UUID, r io.Reader, progress func(done int)) (Report, error) {
	var report Report
	if err := b.mayFill(ctx, item.KindBlacklist, blacklist, "blacklist"); err != nil {
		return report, err
	}
	decoded, err := csvfile.Decode(r, "file")
	if err != nil {
		return report, err
	}
	source := bufio.NewReader(decoded)
	lines := entryLines(source)
	if head, err := source.Peek(len(entryHeader)); err == nil && string(head) == entryHeader {
		lines = entryRows(source)
	}
	var chunk []suppression
	store := func() error {
		err := b.importEntries(ctx, blacklist, chunk, &report)
		chunk = chunk[:0]
		if err == nil && progress != nil {
			progress(report.Rows)
		}
		return err
	}
	for line, err := range lines {
		if err != nil {
			return report, err
		}
		if report.Rows+len(chunk) == maxRows {
			return report, cmp.Or[error](store(),
				fault.Field("file", "A file can have %d entries; import the rest, from line %d on, from another one.", maxRows, line.number))
		}
		if line.problem != nil {
			report.refuse(line.number, line.problem)
			continue
		}
		if chunk = append(chunk, line.suppression); len(chunk) == chunkRows {
			if err := store(); err != nil {
				return report, err
			}
		}
	}
	return report, store()
}

// importEntries stores what the blacklist lacks in one transaction and counts it.
func (b *Book) importEntries(ctx context.Context, blacklist uuid.UUID, chunk []suppression, report *Report) error {
	if len(chunk) == 0 {
		return nil
	}
	ids, err := newIDs(len(chunk))
	if err != nil {
		return err
	}
	added := 0
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := open(ctx, tx, item.KindBlacklist, blacklist, "blacklist"); err != nil {
			return err
		}
		known, err := findEntries(ctx, tx, blacklist, chunk)
		if err != nil {
			return err
		}
		var fresh []newEntry
		for i, what := range chunk {
			if !known[what.key] {
				known[what.key] = true
				fresh = append(fresh, newEntry{ids[i], what})
			}
		}
		if added = len(fresh); added == 0 {
			return nil
		}
		rows, err := tx.Rows(ctx, blacklist)
		if err != nil {
			return err
		}
		rows.Added(added)
		return insertEntries(ctx, tx, blacklist, rows, fresh)
	})
	if err != nil {
		return err
	}
	report.Rows += len(chunk)
	report.Added += added
	report.Unchanged += len(chunk) - added
	return nil
}

// findEntries returns the keys that the blacklist has.
func findEntries(ctx context.Context, tx *feed.Tx, blacklist uuid.UUID, chunk []suppression) (map[string]bool, error) {
	keys := make([]string, len(chunk))
	for i, what := range chunk {
		keys[i] = what.key
	}
	rows, err := tx.QueryContext(ctx, among(tx.Dialect, `SELECT value_key`, `blacklist_entries`, `blacklist_id`, `value_key`),
		blacklist, encodeStrings(keys))
	if err != nil {
		return nil, fmt.Errorf("looking for entries: %w", err)
	}
	defer rows.Close()
	found := make(map[string]bool)
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("looking for entries: %w", err)
		}
		found[key] = true
	}
	return found, rows.Err()
}

// newEntry is an entry to be stored.
type newEntry struct {
	id uuid.UUID
	suppression
}

// insertEntries stores new entries of a blacklist at their first version. The caller has counted them in rows and made
// sure that the blacklist has none of them.
func insertEntries(ctx context.Context, tx *feed.Tx, blacklist uuid.UUID, rows *feed.Rows, entries []newEntry) error {
	id, from := `e.value ->> 0`, `jsonb_each(CAST(?1 AS text)) AS e`
	if tx.Dialect == dialect.Postgres {
		id, from = `(e.value ->> 0)::uuid`, `jsonb_array_elements(?1::jsonb) AS e(value)`
	}
	query := `INSERT INTO blacklist_entries (id, kind, value, value_key, account_id, blacklist_id, row_seq, created_at, changed_at, version, reason, note,
			digest_a, digest_b)
		SELECT ` + id + `, e.value ->> 1, e.value ->> 2, e.value ->> 3, ?2, ?3,
			CAST(?4 AS bigint), CAST(?5 AS bigint), CAST(?5 AS bigint), 1, e.value ->> 4, e.value ->> 5,
			CAST(e.value ->> 6 AS bigint), CAST(e.value ->> 7 AS bigint) FROM ` + from
	now := instant.Now()
	var hashed digest.Values
	list := []byte{'['}
	for i, e := range entries {
		if i > 0 {
			list = append(list, ',')
		}
		entry := digest.Entry{
			ID: e.id, Kind: string(e.kind), Value: e.written, Reason: string(e.reason), Note: e.note,
			Version: 1, CreatedAt: now, ChangedAt: now,
		}
		row := entry.Digest(&hashed)
		rows.Wrote(digest.Row{}, row)
		a, b := row.Columns()
		list = append(list, encodeStrings([]string{
			e.id.String(), entry.Kind, entry.Value, e.key, entry.Reason, entry.Note,
			strconv.FormatInt(a, 10), strconv.FormatInt(b, 10),
		})...)
	}
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), string(append(list, ']')),
		tx.Account, blacklist, rows.Seq, int64(now))
	if err != nil {
		return fmt.Errorf("storing entries: %w", err)
	}
	return nil
}
