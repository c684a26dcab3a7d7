package addressbook

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Exports makes files of lists, for collaborators who see the list and have the right to export. Each file is
// one state of its list, is a line of the account's history before anybody has a byte of it, and takes no
// memory to speak of: it waits on the disk, so that no slow reader holds the database. It is safe for
// concurrent use.
type Exports struct {
	store *store.Store
	feed  *feed.Feed
	turns chan struct{} // one for each file being written

	mu   sync.Mutex
	open map[uuid.UUID]int // files by person
}

const (
	atOnce    = 2 // files being written; each holds a connection of the database
	perPerson = 2 // files that one person has open
)

// NewExports returns the commands over a store and its feed.
func NewExports(s *store.Store, f *feed.Feed) *Exports {
	return &Exports{store: s, feed: f, turns: make(chan struct{}, atOnce), open: make(map[uuid.UUID]int)}
}

// Contacts makes a CSV file of a contact list, which Import reads back as the same contacts. The caller closes
// it. Faults: NotFound; Denied without the right to export; Exhausted while the person has other files open.
func (e *Exports) Contacts(ctx context.Context, list uuid.UUID) (*File, error) {
	return e.export(ctx, item.KindContactList, list, "contact list", writeContacts)
}

// Entries makes a CSV file of a blacklist, which ImportEntries reads back as the same entries. Otherwise it is
// like Contacts.
func (e *Exports) Entries(ctx context.Context, blacklist uuid.UUID) (*File, error) {
	return e.export(ctx, item.KindBlacklist, blacklist, "blacklist", writeEntries)
}

// writer writes the rows of an item to a file and counts them.
type writer func(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID, f *File) error

func (e *Exports) export(ctx context.Context, kind item.Kind, id uuid.UUID, noun string, write writer) (*File, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	// Before anything is written; what counts is asked again below.
	if _, err := exportable(ctx, e.store.Client(), v, kind, id, noun); err != nil {
		return nil, err
	}
	leave, err := e.enter(v.Collaborator)
	if err != nil {
		return nil, err
	}
	f, err := newFile(leave)
	if err != nil {
		return nil, err
	}
	if err = e.fill(ctx, f, v, kind, id, noun, write); err == nil {
		err = e.note(ctx, f, v, kind, id, noun)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// fill writes the file, in one snapshot.
func (e *Exports) fill(ctx context.Context, f *File, v *sharing.Viewer, kind item.Kind, id uuid.UUID, noun string, write writer) error {
	select {
	case e.turns <- struct{}{}:
		defer func() { <-e.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	err := e.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		it, err := exportable(ctx, tx.Client(), v, kind, id, noun)
		if err != nil {
			return err
		}
		f.Name = it.Name
		return write(ctx, tx, e.store.Dialect(), id, f)
	})
	if err != nil {
		return err
	}
	return f.finish()
}

// note writes the line of the history, if the person may still export: from then on they have the file.
func (e *Exports) note(ctx context.Context, f *File, v *sharing.Viewer, kind item.Kind, id uuid.UUID, noun string) error {
	return e.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		it, err := exportable(ctx, tx.Client(), v, kind, id, noun)
		if err != nil {
			return err
		}
		tx.Note(audit.Line{Verb: audit.Exported, Actor: v.Collaborator, Item: id, Detail: map[string]string{
			"item": it.Name, "kind": string(kind), "count": strconv.Itoa(f.Rows),
		}})
		return nil
	})
}

// exportable returns an item that the viewer sees and may export.
func exportable(ctx context.Context, c *ent.Client, v *sharing.Viewer, kind item.Kind, id uuid.UUID, noun string) (*ent.Item, error) {
	it, err := sharing.Visible(ctx, c.Item, id)
	if fault.Is(err, fault.NotFound) || err == nil && it.Kind != kind {
		return nil, fault.Missing(noun)
	}
	if err != nil {
		return nil, err
	}
	me, err := c.Collaborator.Get(ctx, v.Collaborator)
	if err != nil {
		return nil, fmt.Errorf("reading the right to export: %w", err)
	}
	if !me.CanExport {
		return nil, fault.New(fault.Denied, "You may look at lists and not export them. An owner can give you the right to.")
	}
	return it, nil
}

// enter counts a file of a person, until leave is called.
func (e *Exports) enter(person uuid.UUID) (leave func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.open[person] >= perPerson {
		return nil, fault.New(fault.Exhausted, "You are exporting %d lists already. Try again when one of them is done.", perPerson)
	}
	e.open[person]++
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.open[person]--; e.open[person] == 0 {
			delete(e.open, person)
		}
	}, nil
}
