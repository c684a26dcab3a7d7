package mirror

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// What comes of an image of a bucket's rows lies packed in a file that main.db names (incoming): a process that is killed
// goes on at the byte where it stood, and what takes the bucket away takes that file along.

// partSuffix ends the names of such files.
const partSuffix = ".part"

// Incoming is an image of a bucket's rows that is on its way.
type Incoming struct {
	// Image is what the server says of it.
	protocol.Image
	// ETag is its name to the server; empty where nothing has come.
	ETag string
	// Length is how many bytes it has as it travels, Have how many of them are here.
	Length, Have int64
}

// Whole reports whether all of it has come.
func (i Incoming) Whole() bool { return i.ETag != "" && i.Have == i.Length }

// Incoming returns what has come of the image of a bucket's rows, if anything. False where the bucket has a file: then its
// rows come in pages, since a program may have written into it. ErrGone where the item has left.
func (m *Mirror) Incoming(ctx context.Context, b Bucket) (Incoming, bool, error) {
	l, known := layoutOf(b.Kind)
	if !known {
		return Incoming{}, false, nil
	}
	name, err := m.fileName(ctx, l, &b)
	if err != nil || name != "" {
		return Incoming{}, false, err
	}
	in, _, err := m.incoming(ctx, b)
	return in, err == nil, err
}

// incoming returns what has come, and the path of its file; without an ETag where nothing of use has.
func (m *Mirror) incoming(ctx context.Context, b Bucket) (Incoming, string, error) {
	var in Incoming
	var file, header string
	err := m.main.QueryRowContext(ctx, `SELECT file, etag, length, header FROM incoming WHERE id = ?`, b.ID).
		Scan(&file, &in.ETag, &in.Length, &header)
	if errors.Is(err, sql.ErrNoRows) {
		return Incoming{}, "", nil
	}
	if err != nil {
		return Incoming{}, "", fmt.Errorf("read what has come of an image: %w", classify(err))
	}
	path, ok := m.listPath(file)
	info, serr := os.Stat(path)
	if in.Image, err = protocol.ParseImage(header); err != nil || serr != nil || !ok || info.Size() > in.Length {
		return Incoming{}, "", nil
	}
	in.Have = info.Size()
	return in, path, nil
}

// StartImage notes that an image comes, from in.Have on: the rest of the one that is here, or, at 0, another one from its
// start. ErrStale where the rest does not follow what is here, ErrGone where the bucket has left, ErrNoRoom where the disk
// is too full for the image and the file that it becomes, protocol.ErrImage where what is said of it makes no sense.
func (m *Mirror) StartImage(ctx context.Context, b Bucket, in Incoming) error {
	header, err := json.Marshal(in.Image)
	if err == nil {
		_, err = protocol.ParseImage(string(header))
	}
	if err != nil {
		return err
	}
	if in.Length > in.Bytes+1<<20 {
		return refuseImage("it is larger packed than unpacked")
	}
	needed := in.Length - in.Have + in.Bytes + in.Rows*bytesPerEntry
	if err := m.enough(needed); err != nil {
		return err
	}
	here, _, err := m.incoming(ctx, b)
	if err != nil {
		return err
	}
	if in.Have > 0 {
		if here.ETag != in.ETag || here.Have != in.Have {
			return ErrStale
		}
		if here.Length != in.Length {
			return refuseImage("its length is another one now")
		}
		if _, err := m.main.ExecContext(ctx, `UPDATE incoming SET header = ? WHERE id = ?`, string(header), b.ID); err != nil {
			return fmt.Errorf("note what comes of an image: %w", classify(err))
		}
		return nil
	}
	name, path, err := m.newFile(partSuffix)
	if err == nil {
		err = touch(path)
	}
	if err != nil {
		return fmt.Errorf("make the file of an image: %w", fullDisk(err))
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		if _, err := doomIncoming(ctx, tx, b.ID); err != nil {
			return err
		}
		n, err := affected(tx.ExecContext(ctx, `INSERT INTO incoming (id, file, etag, length, header) SELECT id, ?, ?, ?, ? FROM buckets WHERE id = ?`,
			listFolder+"/"+name, in.ETag, in.Length, string(header), b.ID))
		if err == nil && n == 0 {
			err = ErrGone
		}
		return err
	})
	if err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("note what comes of an image: %w", err)
	}
	return m.removeDoomed(ctx)
}

// AppendImage keeps bytes of an image that follow the first at bytes. ErrStale where others are here, ErrGone where the
// bucket has left.
func (m *Mirror) AppendImage(ctx context.Context, b Bucket, at int64, data []byte) error {
	here, path, err := m.incoming(ctx, b)
	switch {
	case err != nil:
		return err
	case path == "":
		return ErrGone
	case here.Have != at:
		return ErrStale
	case at+int64(len(data)) > here.Length:
		return refuseImage("more of it comes than its length says")
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt(data, at)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("keep what comes of an image: %w", fullDisk(err))
	}
	return nil
}

// DropImage removes what has come of an image.
func (m *Mirror) DropImage(ctx context.Context, b Bucket) error {
	var n int64
	err := m.needed(ctx, func() error {
		return transact(ctx, m.main, func(tx *sql.Tx) (err error) {
			n, err = doomIncoming(ctx, tx, b.ID)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("remove what has come of an image: %w", err)
	}
	if n == 0 {
		return nil
	}
	return m.removeDoomed(ctx)
}

// doomIncoming dooms what has come of the image of a bucket, and returns how many files that are.
func doomIncoming(ctx context.Context, tx *sql.Tx, id string) (int64, error) {
	if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO doomed (file) SELECT file FROM incoming WHERE id = ?`, id); err != nil {
		return 0, err
	}
	return affected(tx.ExecContext(ctx, `DELETE FROM incoming WHERE id = ?`, id))
}

// fullDisk gives the system's word for a full disk its meaning.
func fullDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}
