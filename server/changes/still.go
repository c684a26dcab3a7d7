package changes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/store"
)

// maxStill is how many answers are remembered of what stands still: one for each change, as long as followers of the
// same account are told of it.
const maxStill = 1024

// snapshot names what an account's streams are: its head with the nonce of the commit, which no other past shares.
type snapshot struct {
	account    uuid.UUID
	seq, nonce int64
}

func (l *look) snapshot() snapshot { return snapshot{l.account.id, l.account.seq, l.account.nonce} }

// stillKey names the streams of an account after a position.
type stillKey struct {
	snapshot
	after position
}

// still says of which streams an account has nothing at all after a position. What nobody is told, the viewer is not
// told either: of these nothing is read. Since it is the same for all who look, those who follow an account share it.
type still struct{ contents, rows, people, log bool }

const stirs = `SELECT
	NOT EXISTS (SELECT 1 FROM items WHERE account_id = ?1 AND (seq, id) > (?2, ?3)),
	NOT EXISTS (SELECT 1 FROM items WHERE account_id = ?1 AND (rows_seq, id) > (?2, ?3)),
	NOT EXISTS (SELECT 1 FROM collaborators WHERE account_id = ?1 AND (seq, id) > (?2, ?3)),
	NOT EXISTS (SELECT 1 FROM visibility_events WHERE account_id = ?1 AND collaborator_id = ?4 AND (seq, item_id) > (?2, ?3))`

// still is what stands still after a position.
func (l *look) still(ctx context.Context, after position) (still, error) {
	return l.changes.still.of(ctx, stillKey{l.snapshot(), after}, func() (s still, err error) {
		rows, err := l.QueryContext(ctx, store.Rebind(l.dialect, stirs), l.account.id, after.seq, after.id, uuid.Nil)
		if err != nil {
			return s, fmt.Errorf("looking for what has moved: %w", err)
		}
		defer rows.Close()
		if !rows.Next() {
			return s, rows.Err()
		}
		return s, rows.Scan(&s.contents, &s.rows, &s.people, &s.log)
	})
}
