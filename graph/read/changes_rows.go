package read

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
)

// Held is a bucket that a copy holds, up to a cursor of its rows.
type Held struct{ Bucket, After string }

// BucketRows is a page of a bucket's rows in the dense form.
type BucketRows struct {
	// Bucket is the API's id of the item, From the cursor that the page follows.
	Bucket, From string
	// Page is the three lines that GET /sync/rows/{bucket} answers.
	Page string
	next string // the cursor at its end
	more bool   // whether something follows
}

const (
	// maxHeld is how many buckets a copy may say that it holds.
	maxHeld = 100
	// maxRowsBytes is how much of rows comes with a page of the workspace, rowsOfBucket how many of one bucket.
	maxRowsBytes = 256 << 10
	rowsOfBucket = 500
)

// rowsRoom is what rows may take beside a page of the workspace: bytes in all, counted as a JSON string where escaped,
// and so many rows of one bucket.
type rowsRoom struct {
	bytes, rows int
	escaped     bool
}

func checkHeld(held []*Held) error {
	if len(held) > maxHeld {
		return fault.Field("held", "Name at most %d buckets.", maxHeld)
	}
	return nil
}

// addRows adds to p the rows of held buckets that its page names. One whose cursor cannot be continued, or whose rows
// have no room, is left out: its copy pulls it. It reports whether there was room for all.
func (r *Reader) addRows(ctx context.Context, tx *ent.Tx, look *changes.Look, p *ChangePage, page *changes.Page, held []*Held, room rowsRoom) (bool, error) {
	cursors := make(map[uuid.UUID]*Held, len(held))
	for _, h := range held {
		if id, err := ParseBucketID(h.Bucket); err == nil {
			cursors[id] = h
		}
	}
	for _, id := range page.Buckets {
		h := cursors[id]
		if h == nil || h.After == "" { // what a copy has nothing of comes by a walk of its own
			continue
		}
		rows, err := r.rowsOf(ctx, tx, look, id, h, room.rows)
		if fault.Is(err, fault.CursorExpired) || fault.Is(err, fault.Invalid) {
			continue
		}
		if err != nil {
			return false, err
		}
		size := len(rows.Page)
		if room.escaped {
			size = jsonSize(rows.Page)
		}
		if room.bytes -= size; room.bytes < 0 || room.escaped && rows.more {
			return false, nil // the ones that follow are not even read
		}
		p.Rows = append(p.Rows, rows)
	}
	return true, nil
}

func (r *Reader) rowsOf(ctx context.Context, tx *ent.Tx, look *changes.Look, id uuid.UUID, h *Held, first int) (*BucketRows, error) {
	span, err := look.Rows(ctx, id, h.After, first)
	if err != nil {
		return nil, err
	}
	lines, err := span.Lines(ctx, tx, r.store.Dialect())
	if err != nil {
		return nil, err
	}
	return &BucketRows{Bucket: h.Bucket, From: h.After, Page: lines.String(), next: span.Next, more: span.More}, nil
}
