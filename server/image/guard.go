package image

import (
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"time"
)

// Guard returns a file for sending. It breaks off with the error of sees, which is asked every few megabytes and seconds;
// not a byte is read after that. One that turns out not to be as it was made is made anew for the next who ask: its
// bytes are gone out by then, and whoever has them finds out, too.
func (i *Images) Guard(f *Image, sees func() error) io.ReadSeeker {
	return &guarded{images: i, file: f, sees: sees, seen: i.config.Now(), sum: newCRC()}
}

// guarded is a file that breaks off where its reader may not have it any more.
type guarded struct {
	images *Images
	file   *Image
	sees   func() error
	read   int64 // since rights were looked at
	seen   time.Time

	at, summed int64 // where it is, and up to where it was read from its start
	sum        hash.Hash32
}

// Read looks at rights before it reads on.
func (g *guarded) Read(p []byte) (int, error) {
	config := &g.images.config
	if left := config.LookBytes - g.read; left <= 0 || config.Now().Sub(g.seen) >= config.LookEvery {
		if err := g.sees(); err != nil {
			return 0, err
		}
		g.read, g.seen = 0, config.Now()
	}
	n, err := g.file.Read(p[:min(int64(len(p)), config.LookBytes-g.read)])
	g.read += int64(n)
	g.check(p[:n], err)
	return n, err
}

// Seek goes to another place of the file.
func (g *guarded) Seek(offset int64, whence int) (at int64, err error) {
	at, err = g.file.Seek(offset, whence)
	g.at = at
	return at, err
}

// check looks at what was read: at the bytes of a file that is read from its start to its end.
func (g *guarded) check(some []byte, err error) {
	m := g.file.made
	if g.at == g.summed {
		g.sum.Write(some)
		g.summed += int64(len(some))
	}
	g.at += int64(len(some))
	switch {
	case errors.Is(err, os.ErrClosed): // whoever it was sent to is gone
	case err != nil && (!errors.Is(err, io.EOF) || g.at < m.bytes), // unreadable, or cut short
		g.summed == m.bytes && g.sum.Sum32() != m.crc:
		g.images.forget(m)
	}
}

func newCRC() hash.Hash32 { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }
