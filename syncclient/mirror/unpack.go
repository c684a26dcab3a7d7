package mirror

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// imageWindow bounds what unpacking an image takes in memory, in bytes.
const imageWindow = 8 << 20

// imageCache is up to which size, in bytes, an image is kept in memory while it is checked. In part, it would be of no use.
const imageCache = 40 << 20

// adopting sets up a connection to what is to become a file of rows and has come ready: until it has been checked, anybody
// may have made it.
const adopting = `
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;` + writing

// Unpacking makes a file of rows of an image that has come whole.
type Unpacking struct {
	layout
	connect connectFunc
	bucket  Bucket
	in      Incoming
	part    string // what has come, packed
	name    string // of the file that it becomes
	path    string
	sort    bool // the index is sorted on the disk, and not in memory
}

// Unpacking prepares to make a file of what has come. ErrStale where it is not whole.
func (m *Mirror) Unpacking(ctx context.Context, b Bucket) (*Unpacking, error) {
	l, _ := layoutOf(b.Kind)
	in, part, err := m.incoming(ctx, b)
	if err == nil && !in.Whole() {
		err = ErrStale
	}
	if err != nil {
		return nil, err
	}
	u := &Unpacking{layout: l, connect: m.connect, bucket: b, in: in, part: part, sort: in.Rows*bytesPerEntry > smallFile/2}
	u.name, u.path, err = m.newFile(".db")
	if err != nil {
		return nil, fmt.Errorf("make the file of a list: %w", err)
	}
	return u, nil
}

// Run unpacks the image into a file that nobody else knows, checks it, and makes it a complete file of rows, all on the one
// connection that is used from then on. protocol.ErrImage where anything is wrong with it. It may go on beside methods of the
// Mirror, but for those that lock, erase, rebuild or close it.
func (u *Unpacking) Run(ctx context.Context) (*Image, error) {
	if u.in.Kind != u.kind {
		return nil, refuseImage("it has %s where %s belong", u.in.Kind, u.kind)
	}
	// This descriptor stays open as long as SQLite has the file: closing it would drop SQLite's locks.
	peek, err := os.OpenFile(u.path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the file of a list: %w", fullDisk(err))
	}
	f := &rowsFile{layout: u.layout, path: u.path, peek: peek, db: u.connect.handle(u.path, adopting), words: rowWords(u.layout)}
	err = u.unpack(ctx, peek)
	if err == nil {
		f.info, err = peek.Stat()
	}
	if err == nil && u.in.Bytes <= imageCache { // all of it is read several times
		_, err = f.db.ExecContext(ctx, `PRAGMA cache_size = -40000`)
	}
	if err == nil {
		err = u.check(ctx, f)
	}
	if err == nil {
		err = u.complete(ctx, f)
	}
	if err == nil {
		_, err = f.db.ExecContext(ctx, `PRAGMA cache_size = -8000; PRAGMA shrink_memory`)
	}
	if err != nil {
		err = errors.Join(wrong(ctx, err), f.shut())
		_ = unlink(u.path)
		return nil, err
	}
	return &Image{u.bucket, u.in, u.name, f}, nil
}

// unpack writes the file as it is said to be, and nothing beyond that.
func (u *Unpacking) unpack(ctx context.Context, to *os.File) error {
	from, err := os.Open(u.part)
	if err != nil {
		return fmt.Errorf("read what has come of an image: %w", err)
	}
	defer from.Close()
	stream, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(imageWindow), zstd.WithDecoderMaxMemory(imageWindow))
	if err != nil {
		return refuseImage("it cannot be unpacked: %v", err)
	}
	defer stream.Close()
	some := make([]byte, 1<<20)
	var written int64
	for {
		n, err := io.ReadFull(stream, some)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return refuseImage("it cannot be unpacked: %v", err)
		}
		if written+int64(n) > u.in.Bytes {
			return refuseImage("more comes out of it than it is said to have")
		}
		if written == 0 {
			if err := checkHead(some[:n], u.in.Bytes); err != nil {
				return err
			}
		}
		if _, err := to.Write(some[:n]); err != nil {
			return fmt.Errorf("unpack an image: %w", fullDisk(err))
		}
		written += int64(n)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if n < len(some) {
			break
		}
	}
	if written != u.in.Bytes {
		return refuseImage("it has %d bytes and not %d", written, u.in.Bytes)
	}
	return nil
}

// complete makes the file one as pages would have made it, and moves all of it onto the disk.
func (u *Unpacking) complete(ctx context.Context, f *rowsFile) error {
	err := transact(ctx, f.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, f.around()+marks()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO bucket (one, id, kind, cursor, state, walking, walked, rows, digest)
			VALUES (1, ?1, ?2, ?3, ?4, 0, ?5, ?5, ?6)`, u.bucket.ID, u.kind, u.in.Next, u.in.State, u.in.Rows, u.in.Digest)
		return err
	})
	if err == nil && u.sort {
		_, err = f.db.ExecContext(ctx, `PRAGMA temp_store = FILE`)
	}
	if err == nil {
		err = f.finish(ctx)
	}
	if err == nil && u.sort {
		_, err = f.db.ExecContext(ctx, `PRAGMA temp_store = MEMORY`)
	}
	if err == nil {
		err = allInFile(ctx, f.db)
	}
	if err != nil {
		return err
	}
	// What SQLite wrote shows in the file that was unpacked, so it is the one that was checked.
	head := make([]byte, 100)
	if _, err := f.peek.ReadAt(head, 0); err != nil || binary.BigEndian.Uint32(head[68:]) != applicationID {
		return refuseImage("its file was replaced")
	}
	return nil
}
