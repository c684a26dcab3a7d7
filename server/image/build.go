package image

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"
	_ "github.com/mattn/go-sqlite3" // the driver of images, whatever the server's database is

	"github.com/partage-mail/partage/ent/item"
)

// build makes the image of an item's rows, compressed, at path. Nothing is at path where it fails.
func (i *Images) build(ctx context.Context, id uuid.UUID, kind item.Kind, path string) (*made, error) {
	if err := ctx.Err(); err != nil { // the folder is gone for good
		return nil, err
	}
	if err := os.MkdirAll(i.config.Dir, 0o700); err != nil { // where somebody has tidied it away
		return nil, fmt.Errorf("making the folder of images: %w", err)
	}
	plain := path + ".db"
	defer os.Remove(plain)
	m, err := i.fill(ctx, id, kind, plain)
	if err != nil {
		return nil, err
	}
	if m.size, m.crc, err = compress(plain, path); err == nil {
		var info os.FileInfo
		if info, err = os.Stat(path); err == nil {
			m.path, m.bytes = path, info.Size()
			return m, nil
		}
	}
	_ = os.Remove(path)
	return nil, fmt.Errorf("compressing an image: %w", err)
}

// fill makes a SQLite file of the rows, as they stand in one snapshot.
func (i *Images) fill(ctx context.Context, id uuid.UUID, kind item.Kind, path string) (m *made, err error) {
	if err := touch(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", address(path, "rw"))
	if err != nil {
		return nil, fmt.Errorf("opening an image: %w", err)
	}
	db.SetMaxOpenConns(1)
	defer func() {
		if cerr := db.Close(); err == nil {
			err = cerr
		}
	}()
	// The file is new and nobody else's until it is whole: no journal, no waiting for the disk.
	_, err = db.ExecContext(ctx, `PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
		PRAGMA user_version = 1; `+createTable(kind))
	if err != nil {
		return nil, fmt.Errorf("making an image: %w", err)
	}
	if live := i.store.File(); live != "" {
		if _, err := db.ExecContext(ctx, `ATTACH ? AS live`, address(live, "ro")); err != nil {
			return nil, fmt.Errorf("attaching the database: %w", err)
		}
	}
	if m, err = i.copyRows(ctx, db, id, kind); err != nil {
		return nil, fmt.Errorf("copying rows into an image: %w", err)
	}
	return m, nil
}

func address(path, mode string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=" + mode}).String()
}

// compress writes a file compressed to another, and returns how large the first is and the CRC of the second.
func compress(from, to string) (size int64, crc uint32, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, 0, err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, 0, err
	}
	sum := newCRC()
	encoder, err := zstd.NewWriter(io.MultiWriter(out, sum), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err == nil {
		size, err = io.Copy(encoder, in)
		err = errors.Join(err, encoder.Close())
	}
	return size, sum.Sum32(), errors.Join(err, out.Close())
}

// touch makes an empty file for this user alone.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("making the file of an image: %w", err)
	}
	return f.Close()
}
