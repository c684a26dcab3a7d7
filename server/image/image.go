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
	// Others are the folders of other servers, a pattern of filepath.Glob. What lies in one that no server has had for an
	// hour is removed with it. Empty is none.
	Others string
	// Least is how many rows a list must have; 0 means 20,000. Fewer travel in a few pages.
	Least int64
	// Room is how many bytes all files may take; 0 means 2 GiB. The newest stays, whatever it takes. Where as much again is
	// being sent of files that had to go, no more are made.
	Room int64
	// LookBytes is how much of a file travels before rights are looked at again; 0 means 4 MiB.
	LookBytes int64
	// LookEvery is for how long one travels before rights are looked at again; 0 means five seconds.
	LookEvery time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

const (
	defaultLeast     = 20_000
	defaultRoom      = 2 << 30
	defaultLookBytes = 4 << 20
	defaultLookEvery = 5 * time.Second
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
	held  int64 // bytes of files that had to go and are still being sent
}

// made is a file that is there, or that is being made: then done is open.
type made struct {
	done  chan struct{}
	err   error
	whole *changes.Whole
	path  string
	size  int64  // of the SQLite file
	bytes int64  // of the file that is kept
	crc   uint32 // of its bytes
	sum   string
	at    time.Time
	used  time.Time
	open  int // how many read it
	gone  bool
}

// New returns the images over a database; changes says how rows stand.
func New(s *store.Store, c *changes.Changes, config Config) (*Images, error) {
	if config.Least <= 0 {
		config.Least = defaultLeast
	}
	if config.Room <= 0 {
		config.Room = defaultRoom
	}
	if config.LookBytes <= 0 {
		config.LookBytes = defaultLookBytes
	}
	if config.LookEvery <= 0 {
		config.LookEvery = defaultLookEvery
	}
	if config.Now == nil {
		config.Now = time.Now
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

	made   *made
	images *Images
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
			image, err := i.open(m, next)
			if errors.Is(err, errUnsound) { // or removed right now
				i.forget(m)
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
		if m == nil || now.State != m.whole.State() && i.config.Now().Sub(m.at) > fresh {
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

// Run removes files that nobody has asked for in a while, and what servers have left that are no more, until ctx ends.
func (i *Images) Run(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		if n := i.tidy(i.config.Now()); n > 0 {
			log.Debug("images removed", "count", n)
		}
		if err := i.tend(time.Now()); err != nil {
			log.Warn("the folders of images cannot be tended", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func unavailable() error {
	return fault.New(fault.Unavailable, "The list is being made ready; ask again in a moment.")
}
