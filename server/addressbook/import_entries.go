package addressbook

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// maxLine is the greatest length of a line of a blacklist, in bytes.
const maxLine = 4 << 10

// ImportEntries adds the addresses and domains of a text file, one a line, to a blacklist that the viewer
// in the context may change. Empty lines and lines that begin with # are passed over. What the blacklist
// has already stays as it is, so importing the same file again changes nothing. Otherwise it is like Import.
func (b *Book) ImportEntries(ctx context.Context, blacklist uuid.UUID, r io.Reader, progress func(done int)) (Report, error) {
	var report Report
	if err := b.mayFill(ctx, item.KindBlacklist, blacklist, "blacklist"); err != nil {
		return report, err
	}
	decoded, err := newText(r)
	if err != nil {
		return report, err
	}
	scanner := bufio.NewScanner(decoded)
	scanner.Buffer(nil, maxLine)
	var chunk []suppression
	store := func() error {
		err := b.importEntries(ctx, blacklist, chunk, &report)
		chunk = chunk[:0]
		if err == nil && progress != nil {
			progress(report.Rows)
		}
		return err
	}
	var tooMany error
	for line := 1; err == nil && scanner.Scan(); line++ {
		text := strings.TrimSpace(scanner.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if report.Rows+len(chunk) == maxRows {
			tooMany = fault.Field("file", "A file can have %d entries; import the rest, from line %d on, from another one.", maxRows, line)
			break
		}
		what, perr := suppressionOf(text)
		if perr != nil {
			report.refuse(line, perr.Error())
			continue
		}
		if chunk = append(chunk, what); len(chunk) == chunkRows {
			err = store()
		}
	}
	if err == nil {
		err = scanner.Err()
	}
	if errors.Is(err, bufio.ErrTooLong) {
		err = fault.Field("file", "A line is longer than %d bytes. A blacklist has one address or domain a line.", maxLine)
	}
	if err == nil && len(chunk) > 0 {
		err = store()
	}
	return report, cmp.Or(err, tooMany)
}

// importEntries stores what the blacklist lacks in one transaction and counts it.
func (b *Book) importEntries(ctx context.Context, blacklist uuid.UUID, chunk []suppression, report *Report) error {
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
		var fresh [][]string
		for i, what := range chunk {
			if !known[what.key] {
				known[what.key] = true
				fresh = append(fresh, []string{ids[i].String(), string(what.kind), what.written, what.key})
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

// insertEntries stores new entries: id, kind, value and key of each.
func insertEntries(ctx context.Context, tx *feed.Tx, blacklist uuid.UUID, rows *feed.Rows, entries [][]string) error {
	id, from := `e.value ->> 0`, `jsonb_each(CAST(?1 AS text)) AS e`
	if tx.Dialect == dialect.Postgres {
		id, from = `(e.value ->> 0)::uuid`, `jsonb_array_elements(?1::jsonb) AS e(value)`
	}
	query := `INSERT INTO blacklist_entries (id, kind, value, value_key, account_id, blacklist_id, row_seq, created_at, changed_at, version, reason, note)
		SELECT ` + id + `, e.value ->> 1, e.value ->> 2, e.value ->> 3, ?2, ?3,
			CAST(?4 AS bigint), CAST(?5 AS bigint), CAST(?5 AS bigint), 1, 'manual', '' FROM ` + from
	list := []byte{'['}
	for i, e := range entries {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, encodeStrings(e)...)
	}
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), string(append(list, ']')),
		tx.Account, blacklist, rows.Seq, int64(instant.Now()))
	if err != nil {
		return fmt.Errorf("storing entries: %w", err)
	}
	return nil
}
