package image

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/server/changes"
)

// errUnsound says that a file is not there, or not as long as it was made.
var errUnsound = errors.New("the file of an image is not as it was made")

// open opens a file for somebody who goes on from next.
func (i *Images) open(m *made, next string) (*Image, error) {
	f, err := os.Open(m.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errUnsound
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.Size() != m.bytes {
		return nil, errors.Join(err, errUnsound, f.Close())
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if m.open++; m.open == 1 && m.gone {
		i.held += m.bytes
	}
	return &Image{
		File: f, Kind: changes.RowKind(m.whole.Kind), State: m.whole.State(), Rows: m.whole.Rows, Digest: m.sum, Next: next,
		Bytes: m.size, Tag: filepath.Base(m.path), made: m, images: i,
	}, nil
}

// Close ends the reading of an image.
func (f *Image) Close() error {
	if err := f.File.Close(); err != nil {
		return err // it was closed before
	}
	i, m := f.images, f.made
	i.mu.Lock()
	defer i.mu.Unlock()
	if m.open--; m.open == 0 && m.gone {
		i.held -= m.bytes
		_ = os.Remove(m.path) // where a system keeps what is open
	}
	return nil
}

// forget has an image made anew that is not as it was made.
func (i *Images) forget(m *made) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.known[m.whole.Item] == m {
		i.remove(m)
	}
}

// remove forgets an image. Who has it open reads on. i is locked.
func (i *Images) remove(m *made) {
	delete(i.known, m.whole.Item)
	i.discard(m)
}

// discard removes the file of an image. i is locked.
func (i *Images) discard(m *made) {
	if m.gone {
		return
	}
	if m.gone = true; m.open > 0 {
		i.held += m.bytes
	}
	_ = os.Remove(m.path)
}

// full reports whether no more files are to be made until some of those are sent that had to go.
func (i *Images) full() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.held >= i.config.Room
}
