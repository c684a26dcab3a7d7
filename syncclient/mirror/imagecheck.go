package mirror

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// checkHead looks at the first bytes of a database (https://sqlite.org/fileformat2.html#the_database_header) before any is
// written: no file that has not been checked bears a mirror's mark.
func checkHead(head []byte, size int64) error {
	if len(head) < 100 || string(head[:16]) != "SQLite format 3\x00" {
		return refuseImage("it is no database")
	}
	number := func(at int) int64 { return int64(binary.BigEndian.Uint32(head[at:])) }
	for _, of := range []struct {
		what      string
		is, wants int64
	}{
		{"page size", int64(binary.BigEndian.Uint16(head[16:])), protocol.ImagePage},
		{"write version", int64(head[18]), 1}, {"read version", int64(head[19]), 1}, {"reserved space", int64(head[20]), 0},
		{"number of pages", number(28), size / protocol.ImagePage}, {"vacuum mode", number(52), 0}, {"encoding", number(56), 1},
		{"version", number(60), 1}, {"mark", number(68), 0},
	} {
		if of.is != of.wants {
			return refuseImage("its %s is %d and not %d", of.what, of.is, of.wants)
		}
	}
	return nil
}

// check holds the file against what an image is, and what the server has said of this one.
func (u *Unpacking) check(ctx context.Context, f *rowsFile) error {
	var parts, tables, indexes int
	err := f.db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(type = 'table' AND name = ?1 AND tbl_name = ?1 AND sql = ?2), 0),
			coalesce(sum(type = 'index' AND name = 'sqlite_autoindex_' || ?1 || '_1' AND tbl_name = ?1 AND sql IS NULL), 0) FROM sqlite_schema`,
		f.table, protocol.ImageTable(f.kind)).Scan(&parts, &tables, &indexes)
	if err != nil {
		return err
	}
	if parts != 2 || tables != 1 || indexes != 1 {
		return refuseImage("it has other tables, or more than one")
	}
	found, err := column(ctx, f.db, `PRAGMA integrity_check(1)`)
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != "ok" {
		return refuseImage("it is damaged: %q", found)
	}
	var is protocol.Digest
	// A row of another walk would outlast the next one, and is none that the server speaks of.
	if err := f.those(ctx, f.db, "walk = 1", -1<<63, func(_ []byte, d protocol.RowDigest) { is.Add(d) }); err != nil {
		return err
	}
	if is.String() != u.in.Digest {
		return refuseImage("its rows are not those that the server says")
	}
	return nil
}

// refuseImage says what is wrong with an image.
func refuseImage(format string, args ...any) error {
	return fmt.Errorf("%w: %s", protocol.ErrImage, fmt.Sprintf(format, args...))
}

// wrong says what a failure with an image is: the image's, but where the disk, another program or the end of the work is in
// the way. ErrDamaged is never among it: that is of the mirror's own files.
func wrong(ctx context.Context, err error) error {
	err = classify(err)
	var path *os.PathError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, protocol.ErrImage), errors.Is(err, ErrDiskFull), errors.Is(err, ErrBusy), errors.As(err, &path):
		return err
	}
	return refuseImage("%v", err)
}
