package image

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
)

// ready returns the image of an item that is there; nil where there is none.
func (i *Images) ready(id uuid.UUID) *made {
	i.mu.Lock()
	defer i.mu.Unlock()
	m := i.known[id]
	if m == nil || m.path == "" {
		return nil
	}
	m.used = i.config.Now()
	return m
}

// wait has an image made in place of old, which does not serve, and waits for it. Where another than old is there, or
// under way, it is that one which is waited for.
func (i *Images) wait(ctx context.Context, id uuid.UUID, kind item.Kind, old *made) error {
	i.mu.Lock()
	m := i.known[id]
	if m == nil || m == old {
		m = &made{done: make(chan struct{})}
		i.known[id] = m
		// Whoever waits may go away, and others go on waiting.
		go i.make(m, id, kind, old)
	}
	i.mu.Unlock()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-m.done:
		return m.err
	case <-late.C:
		return unavailable()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// make makes the file of m, one at a time: it is work for a processor and the disk. old is the one that it replaces.
func (i *Images) make(m *made, id uuid.UUID, kind item.Kind, old *made) {
	i.making <- struct{}{}
	defer func() { <-i.making }()
	var built *made
	err := error(unavailable())
	if !i.full() {
		built, err = i.build(i.until, id, kind, filepath.Join(i.config.Dir, strings.ToLower(rand.Text())+".zst"))
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	defer close(m.done)
	if err != nil {
		delete(i.known, id)
		switch {
		case !fault.Is(err, fault.NotFound):
			m.err = err
			if old != nil && !old.gone {
				i.known[id] = old // which serves others
			}
		case old != nil: // the item was deleted meanwhile: each looks once more, and is told
			i.discard(old)
		}
		return
	}
	if old != nil {
		i.discard(old)
	}
	m.whole, m.sum, m.path, m.size, m.bytes, m.crc = built.whole, built.sum, built.path, built.size, built.bytes, built.crc
	m.at = i.config.Now()
	m.used = m.at
	i.makeRoom(m)
}

// makeRoom removes the files that were asked for least lately where all take too much, but for one. i is locked.
func (i *Images) makeRoom(but *made) {
	for {
		var total int64
		var oldest *made
		for _, m := range i.known {
			if m.path == "" {
				continue
			}
			total += m.bytes
			if m != but && (oldest == nil || m.used.Before(oldest.used)) {
				oldest = m
			}
		}
		if total <= i.config.Room || oldest == nil {
			return
		}
		i.remove(oldest)
	}
}

// tidy removes the files that nobody has asked for in a while and returns how many they were.
func (i *Images) tidy(now time.Time) (n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, m := range i.known {
		if m.path != "" && now.Sub(m.used) > kept {
			i.remove(m)
			n++
		}
	}
	return n
}
