package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// namedFile is a file of rows that main.db names.
type namedFile struct {
	bucket  Bucket
	path    string
	reached string
}

// named returns the files of one kind, of items that the server has told of.
func (m *Mirror) named(ctx context.Context, l layout) ([]namedFile, error) {
	return m.namedBy(ctx, l, fmt.Sprintf(`SELECT i.id, i.name, i.file, coalesce(b.reached, '') FROM %s i
		LEFT JOIN buckets b ON b.id = i.id WHERE i.file IS NOT NULL`, l.items))
}

// local returns the files of one kind that were made here.
func (m *Mirror) local(ctx context.Context, l layout) ([]namedFile, error) {
	return m.namedBy(ctx, l, `SELECT f.id, coalesce(e.fields ->> 'name', ''), f.file, '' FROM local_files f
		LEFT JOIN edits e ON e.id = f.id WHERE f.kind = '`+string(l.kind)+`'`)
}

func (m *Mirror) namedBy(ctx context.Context, l layout, query string) ([]namedFile, error) {
	rows, err := m.main.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read what files there are: %w", classify(err))
	}
	defer rows.Close()
	var all []namedFile
	for rows.Next() {
		n, file := namedFile{bucket: Bucket{Kind: l.kind}}, ""
		if err := rows.Scan(&n.bucket.ID, &n.bucket.Name, &file, &n.reached); err != nil {
			return nil, fmt.Errorf("read what files there are: %w", classify(err))
		}
		n.path, _ = m.listPath(file)
		all = append(all, n)
	}
	return all, classify(rows.Err())
}

// examine looks into every file of rows when the mirror is opened: whether it is there and whole, as far as counting
// its rows tells, what it has reached, and what a process that was killed has left to do in it. What main.db says of
// it is not enough: each file survives a power cut, and a person, by itself.
func (m *Mirror) examine(ctx context.Context) error {
	for _, l := range layouts() {
		all, err := m.named(ctx, l)
		if err != nil {
			return err
		}
		for _, n := range all {
			if err := m.examineFile(ctx, l, n); err != nil {
				return err
			}
		}
	}
	return m.examineLocal(ctx)
}

func (m *Mirror) examineFile(ctx context.Context, l layout, n namedFile) error {
	if was, err := signatureOf(n.path); err == nil {
		m.saw(listFolder+"/"+filepath.Base(n.path), was)
	}
	f, err := m.file(ctx, n.bucket)
	if err != nil || f.path != n.path {
		return err
	}
	found, err := f.examine(ctx)
	if err != nil {
		return passOver(m.loseDamaged(ctx, n.bucket, err), ErrStale)
	}
	if found.edited {
		m.edited[n.bucket.ID] = n.bucket
	}
	if !found.indexed {
		m.unindexed[n.bucket.ID] = n.bucket
	}
	if f.kind == protocol.Leads && found.complete {
		if err := m.forgetRows(ctx, f, n.bucket); err != nil {
			return passOver(m.loseDamaged(ctx, n.bucket, err), ErrStale)
		}
	}
	if found.removed || !found.emptied {
		m.owe(n.bucket, f.path, time.Time{}, found.removed)
	}
	if !found.complete {
		m.losses = append(m.losses, Loss{n.bucket, ErrRowsMissing})
		return passOver(m.StartRowsWalk(ctx, n.bucket), ErrStale)
	}
	if found.state == n.reached || n.reached == "" {
		return nil
	}
	// A state does not tell in which life of the server it was reached: what a file says is not believed, and asked once
	// more, with its cursor, which does tell.
	return m.reached(ctx, n.bucket, "", nil)
}

// examineLocal remembers the files that were made here.
func (m *Mirror) examineLocal(ctx context.Context) error {
	for _, l := range layouts() {
		ids, err := column(ctx, m.main, `SELECT id FROM local_files WHERE kind = ?`, l.kind)
		if err != nil {
			return err
		}
		for _, id := range ids {
			m.edited[id] = Bucket{ID: id, Kind: l.kind}
		}
	}
	return nil
}

// findings are what a file of rows says of itself.
type findings struct {
	// state is what the file has reached; empty while pages are to follow.
	state string
	// complete: it has as many rows as the server told of, or is not there yet.
	complete bool
	// removed: rows were removed since it was last written anew.
	removed bool
	// edited: its outbox has entries.
	edited bool
	// indexed: nothing waits for the full-text index.
	indexed bool
	// emptied: nothing is left in its journal.
	emptied bool
}

// examine asks a file, and finishes its index.
func (f *rowsFile) examine(ctx context.Context) (findings, error) {
	found := findings{complete: true}
	var walking bool
	var rows, counted int64
	err := f.db.QueryRowContext(ctx, `SELECT state, walking, rows, removed > 0, EXISTS (SELECT 1 FROM outbox), (SELECT complete FROM searchable) FROM bucket`).
		Scan(&found.state, &walking, &rows, &found.removed, &found.edited, &found.indexed)
	if err != nil {
		return found, fmt.Errorf("read where a list stands: %w", classify(err))
	}
	if found.state != "" {
		// Counted along an index, a million rows take a thirtieth of a second.
		if err := f.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM %s`, f.table)).Scan(&counted); err != nil {
			return found, fmt.Errorf("count the rows of a list: %w", classify(err))
		}
		found.complete = counted == rows
	}
	if !walking {
		if err := passOver(f.finish(ctx), ErrDiskFull); err != nil {
			return found, err
		}
	}
	found.emptied, err = truncate(ctx, f.db)
	return found, err
}

// whole returns the error that says what is wrong with a file that was opened.
func whole(err error) error {
	if errors.Is(err, ErrForeign) || errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
