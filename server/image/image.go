// Package image makes and keeps SQLite files of all rows of a list, for desktops that fill a mirror for the first time:
// such a file is copied, checked and adopted, and no row is looked at on the way.
//
// An image is made once for a state of the rows and is the same for everyone who sees all of them. Whether that is so
// is asked at each request, and again while the file travels. One that is a little older than the rows is as good: the
// cursor that goes with it (changes.GoOn) brings the rest. Files are kept for an hour after they were last asked for,
// and as many as have room; DESIGN.md says why.
package image

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// Config says which images there are and how many are kept. The zero value of every field but Dir works.
type Config struct {
	// Dir is the folder of the files, made for this user alone. What lies there from before is removed.
	Dir string
	// Least is how many rows a list must have; 0 means 20,000. Fewer travel in a few pages.
	Least int64
	// Room is how many bytes all files may take; 0 means 2 GiB. The newest stays, whatever it takes.
	Room int64
}

const (
	defaultLeast = 20_000
	defaultRoom  = 2 << 30
	// fresh is how long an image serves although its rows have changed since.
	fresh = 10 * time.Minute
	// kept is for how long one is kept that nobody asks for.
	kept = time.Hour
	// patience is how long a request waits for an image that is being made.
	patience = 20 * time.Second
	// tries is how often it is looked for: one that was just made may be gone, or serve somebody else alone.
	tries = 5
)

// Images are the files of one server. They are safe for concurrent use.
type Images struct {
	store   *store.Store
	changes *changes.Changes
	config  Config
	making  chan struct{} // held by the one who makes a file
	// until ends with Close, and with it the making of files: it belongs to no request.
	until context.Context
	close context.CancelFunc

	mu    sync.Mutex
	known map[uuid.UUID]*made
}

// made is a file that is there, or that is being made: then done is open.
type made struct {
	done  chan struct{}
	err   error
	whole *changes.Whole
	path  string
	size  int64 // of the SQLite file
	bytes int64 // of the file that is kept
	sum   string
	at    time.Time
	used  time.Time
}

// New returns the images over a database; changes says how rows stand.
func New(s *store.Store, c *changes.Changes, config Config) (*Images, error) {
	if config.Least <= 0 {
		config.Least = defaultLeast
	}
	if config.Room <= 0 {
		config.Room = defaultRoom
	}
	if err := errors.Join(os.RemoveAll(config.Dir), os.MkdirAll(config.Dir, 0o700)); err != nil {
		return nil, fmt.Errorf("making the folder of images: %w", err)
	}
	i := &Images{store: s, changes: c, config: config, making: make(chan struct{}, 1), known: map[uuid.UUID]*made{}}
	i.until, i.close = context.WithCancel(context.Background())
	return i, nil
}

// Image is a file that is open, for one person.
type Image struct {
	*os.File
	// Kind is contacts, entries or leads, State and Rows are the bucket's as the image holds them, Digest what the rows
	// add up to.
	Kind, State, Digest string
	Rows                int64
	// Next is this person's cursor to go on from.
	Next string
	// Bytes is how large the SQLite file is, unpacked.
	Bytes int64
	// Tag differs for different files.
	Tag string
}

// Open returns the image of an item's rows for the viewer in the context, made if need be; nil where there is none:
// they are few, or the viewer sees only their own. Faults: NotFound; Unavailable while it is being made for longer than
// a request should wait.
func (i *Images) Open(ctx context.Context, id uuid.UUID) (*Image, error) {
	for range tries {
		kind, next, m, err := i.look(ctx, id)
		if err != nil || kind == "" {
			return nil, err
		}
		if next != "" {
			image, err := m.open(next)
			if errors.Is(err, os.ErrNotExist) { // removed right now
				continue
			}
			return image, err
		}
		if err := i.wait(ctx, id, kind, m); err != nil {
			return nil, err
		}
	}
	return nil, unavailable()
}

// look says of what kind the item is, empty where there is no image of it for the viewer, and the cursor that goes with
// the image that there is, if it serves them.
func (i *Images) look(ctx context.Context, id uuid.UUID) (kind item.Kind, next string, m *made, err error) {
	m = i.ready(id)
	err = i.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		now, err := i.changes.All(ctx, tx, i.store.Dialect(), id)
		if err != nil || now == nil || now.Bucket.Rows < i.config.Least {
			return err
		}
		kind = now.Item.Kind
		if m == nil || now.State != m.whole.State() && time.Since(m.at) > fresh {
			return nil
		}
		next, err = i.changes.GoOn(ctx, tx, i.store.Dialect(), m.whole)
		if fault.Is(err, fault.CursorExpired) {
			next, err = "", nil
		}
		return err
	})
	return kind, next, m, err
}

// Sees returns nil while the viewer in the context sees all rows of the item, and the NotFound fault otherwise.
func (i *Images) Sees(ctx context.Context, id uuid.UUID) error {
	return i.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		all, err := i.changes.All(ctx, tx, i.store.Dialect(), id)
		if err == nil && all == nil {
			err = fault.Missing("list")
		}
		return err
	})
}

// Close ends the making of files and removes all of them. Nobody may ask any more.
func (i *Images) Close() error {
	i.close()
	i.making <- struct{}{}
	defer func() { <-i.making }()
	return os.RemoveAll(i.config.Dir)
}

// Run removes files that nobody has asked for in a while, until ctx ends.
func (i *Images) Run(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			if n := i.tidy(now); n > 0 {
				log.Debug("images removed", "count", n)
			}
		}
	}
}

func (m *made) open(next string) (*Image, error) {
	f, err := os.Open(m.path)
	if err != nil {
		return nil, err
	}
	return &Image{
		File: f, Kind: changes.RowKind(m.whole.Kind), State: m.whole.State(), Rows: m.whole.Rows, Digest: m.sum, Next: next,
		Bytes: m.size, Tag: filepath.Base(m.path),
	}, nil
}

func unavailable() error {
	return fault.New(fault.Unavailable, "The list is being made ready; ask again in a moment.")
}
