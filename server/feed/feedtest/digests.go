package feedtest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/store"
)

// WrongDigests returns the contacts and entries of blacklists whose digest is not what they come to, and the lists and
// blacklists, not in the bin, whose sum is not that of their rows.
func WrongDigests(tb testing.TB, s *store.Store) []string {
	tb.Helper()
	var wrong []string
	err := s.Write(context.Background(), func(ctx context.Context, tx *ent.Tx) error {
		wrong = nil
		for _, of := range []struct {
			kind  item.Kind
			where string
		}{{item.KindContactList, "list_id"}, {item.KindBlacklist, "blacklist_id"}} {
			found, err := wrongOf(ctx, tx, s.Dialect(), of.kind, of.where)
			if err != nil {
				return err
			}
			wrong = append(wrong, found...)
		}
		return nil
	})
	if err != nil {
		tb.Fatalf("reading digests: %v", err)
	}
	return wrong
}

func wrongOf(ctx context.Context, tx *ent.Tx, dialect string, kind item.Kind, where string) (wrong []string, err error) {
	rows, err := tx.QueryContext(ctx, store.Rebind(dialect,
		`SELECT id, rows_count, rows_digest_a, rows_digest_b FROM items WHERE kind = ? AND deleted_at = 0`), string(kind))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kept := make(map[string]digest.Sum)
	for rows.Next() {
		var id string
		var count, a, b int64
		if err := rows.Scan(&id, &count, &a, &b); err != nil {
			return nil, err
		}
		kept[id] = digest.Sum{Count: count, Row: digest.Stored(a, b)}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for id, sum := range kept {
		rows, err := tx.QueryContext(ctx, store.Rebind(dialect, digest.Select(kind, dialect)+` WHERE `+where+` = ?`), id)
		if err != nil {
			return nil, err
		}
		var is digest.Sum
		err = digest.Each(rows, func(row digest.Read) {
			is.Add(row.Row)
			if row.Row != row.Kept {
				wrong = append(wrong, fmt.Sprintf("row %s", row.ID))
			}
		})
		if err != nil {
			return nil, err
		}
		if is.Row != sum.Row {
			wrong = append(wrong, fmt.Sprintf("%s %s (%v, not %v)", kind, id, is, sum))
		}
	}
	return wrong, nil
}
