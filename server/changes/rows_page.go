package changes

import (
	"context"

	"github.com/google/uuid"
)

// maxPages is how many pages of rows are remembered, maxPageBytes how many bytes of rows one may have.
const (
	maxPages     = 64
	maxPageBytes = 64 << 10
)

// rowsPage is what a page of rows has, and where it ends, whoever reads it.
type rowsPage struct {
	upTo  position
	more  bool
	rows  string // as a JSON array
	count int
	gone  []uuid.UUID
}

// pageKey names a page of rows: a state of the account, the rows and whose of them, where it begins and how long it is.
type pageKey struct {
	snapshot
	item, whose uuid.UUID
	after       position
	walk        int64
	first       int
}

// cutShared is cut, and reads the page, for all who look at it together.
func (l *look) cutShared(ctx context.Context, s *Span, n int) error {
	key := pageKey{l.snapshot(), s.Item.ID, s.whose, s.after, s.walk, n}
	page, err := l.changes.pages.of(ctx, key, func() (*rowsPage, error) {
		if err := l.cut(ctx, s, n); err != nil {
			return nil, err
		}
		return s.read(ctx, l.Tx, l.dialect)
	})
	if err != nil {
		return err
	}
	if len(page.rows) > maxPageBytes {
		l.changes.pages.drop(key)
	}
	s.upTo, s.More, s.page = page.upTo, page.more, page
	return nil
}
