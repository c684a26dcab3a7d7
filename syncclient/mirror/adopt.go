package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Image is a file of rows that was made of an image and checked. It is to be adopted or dropped.
type Image struct {
	bucket Bucket
	in     Incoming
	name   string
	file   *rowsFile
}

// Image returns what the server has said of it.
func (i *Image) Image() protocol.Image { return i.in.Image }

// Drop removes an image that is not wanted any more.
func (i *Image) Drop() error { return errors.Join(i.file.shut(), unlink(i.file.path)) }

// AdoptImage makes an image the file of its bucket, in one transaction of main.db, as if its rows had come in pages. If it
// fails, the image is dropped: with protocol.ErrImage where its file was replaced, ErrGone or ErrStale where it is not wanted any
// more.
func (m *Mirror) AdoptImage(ctx context.Context, i *Image) (RowsApplied, error) {
	if err := m.adoptImage(ctx, i); err != nil {
		return RowsApplied{}, errors.Join(err, i.Drop())
	}
	b := i.bucket
	m.makeRoom(ctx)
	m.uses++
	i.file.used = m.uses
	m.files[b.ID] = i.file
	m.unindexed[b.ID] = b
	if err := m.removeDoomed(ctx); err != nil {
		return RowsApplied{}, err
	}
	if i.file.kind == protocol.Leads {
		if err := m.forgetRows(ctx, i.file, b); err != nil {
			return RowsApplied{}, m.loseDamaged(ctx, b, err)
		}
	}
	return RowsApplied{Changed: i.in.Rows, Done: i.in.Rows, Total: i.in.Rows, Reached: i.in.State}, nil
}

func (m *Mirror) adoptImage(ctx context.Context, i *Image) error {
	name, err := m.fileName(ctx, i.file.layout, &i.bucket)
	if err != nil {
		return err
	}
	here, _, err := m.incoming(ctx, i.bucket)
	if err != nil {
		return err
	}
	if name != "" || here.ETag != i.in.ETag {
		return ErrStale
	}
	if i.file.glance() != nil {
		return refuseImage("its file was replaced")
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		if err := nameFile(ctx, tx, i.file.layout, i.bucket.ID, i.name); err != nil {
			return err
		}
		return (&writer{ctx: ctx, tx: tx}).reached(i.bucket, i.in.State, nil)
	})
	if err != nil {
		return fmt.Errorf("name the file of a list: %w", err)
	}
	return nil
}
