package syncclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// The first fill of a large list comes as an image, a file that is checked and used as it is, where the server has one.
// Where it has none, or anything is wrong with it, the rows come in pages.

const (
	// imageTries is after how many failures in a row it comes in pages instead.
	imageTries = 3
	// imageChunk is how many bytes of an image are written at once, and imageWait how long to wait for so many.
	imageChunk = 1 << 20
	imageWait  = time.Second
)

// imaging is the work on an image that goes on beside the loop: it is fetched, or what has come is unpacked and checked.
type imaging struct {
	bucket string
	cancel context.CancelFunc
	parts  chan imagePart
	done   chan struct{}
	// in is the image as it was begun, and at where the next bytes belong.
	in mirror.Incoming
	at int64
}

// imagePart is what comes of that work: one of them.
type imagePart struct {
	opened *transport.Image // its bytes follow
	bytes  []byte
	made   *mirror.Image
	err    error // io.EOF where all bytes have come
}

// stop ends the work, and waits until nothing of it goes on.
func (i *imaging) stop() {
	i.cancel()
	<-i.done
}

// begin lets work go on beside the loop.
func (f *filler) begin(ctx context.Context, b mirror.Bucket, work func(ctx context.Context, hand func(imagePart) bool)) *imaging {
	ctx, cancel := context.WithCancel(ctx)
	i := &imaging{bucket: b.ID, cancel: cancel, parts: make(chan imagePart), done: make(chan struct{})}
	go func() {
		defer close(i.done)
		work(ctx, func(p imagePart) bool {
			select {
			case i.parts <- p:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	f.image = i
	return i
}

// byImage reports whether the rows of a bucket are to come as an image, and what has come of it.
func (f *Follower) byImage(ctx context.Context, b mirror.Bucket) (mirror.Incoming, bool, error) {
	if b.Rows < f.fill.large || f.fill.of(b.ID).paged {
		return mirror.Incoming{}, false, nil
	}
	return f.mirror.Incoming(ctx, b)
}

// fillImage does the next step of fetching an image, unpacking, checking or adopting it. It waits no longer than until
// there may be something else to do.
func (f *Follower) fillImage(ctx context.Context, b mirror.Bucket, in mirror.Incoming) trigger {
	if f.fill.image == nil {
		if !in.Whole() {
			f.download(ctx, b, in)
		} else if err := f.unpack(ctx, b); err != nil {
			return f.giveImage(ctx, b, err)
		}
	}
	timer := time.NewTimer(f.pace.edits)
	defer timer.Stop()
	select {
	case part := <-f.fill.image.parts:
		if err := f.takeImage(ctx, b, part); err != nil {
			return f.giveImage(ctx, b, err)
		}
	case <-f.wake:
		f.hint() // fillOne sees to it
	case <-timer.C:
	case <-ctx.Done():
	}
	return step
}

// download fetches an image, or the rest of the one that is on its way.
func (f *Follower) download(ctx context.Context, b mirror.Bucket, in mirror.Incoming) {
	bucket, server, token := b.Global(), f.server, f.token
	f.fill.begin(ctx, b, func(ctx context.Context, hand func(imagePart) bool) {
		image, err := server.Image(ctx, token, bucket, in.Have, in.ETag)
		if err != nil {
			hand(imagePart{err: err})
			return
		}
		defer image.Close()
		if !hand(imagePart{opened: image}) {
			return
		}
		var buffers [2][]byte // one is written while the other is filled
		for n := 0; err == nil; n = 1 - n {
			if buffers[n] == nil {
				buffers[n] = make([]byte, imageChunk)
			}
			var some []byte
			some, err = readSome(image, buffers[n])
			if len(some) > 0 && !hand(imagePart{bytes: some}) {
				return
			}
		}
		hand(imagePart{err: err})
	})
}

// readSome fills a buffer, or as much of it as comes within imageWait.
func readSome(r io.Reader, buffer []byte) ([]byte, error) {
	began := time.Now()
	for at := 0; ; {
		n, err := r.Read(buffer[at:])
		at += n
		if err != nil || at == len(buffer) || time.Since(began) >= imageWait {
			return buffer[:at], err
		}
	}
}

// unpack makes a file of an image that has come.
func (f *Follower) unpack(ctx context.Context, b mirror.Bucket) error {
	unpacking, err := f.mirror.Unpacking(ctx, b)
	if err != nil {
		return err
	}
	f.fill.begin(ctx, b, func(ctx context.Context, hand func(imagePart) bool) {
		made, err := unpacking.Run(ctx)
		if !hand(imagePart{made: made, err: err}) && made != nil {
			_ = made.Drop()
		}
	})
	return nil
}

// takeImage takes what has come of the work on an image.
func (f *Follower) takeImage(ctx context.Context, b mirror.Bucket, part imagePart) error {
	i := f.fill.image
	switch {
	case part.opened != nil:
		i.at = part.opened.Offset
		i.in = mirror.Incoming{Image: part.opened.Image, ETag: part.opened.ETag, Length: part.opened.Length, Have: i.at}
		return f.mirror.StartImage(ctx, b, i.in)
	case part.bytes != nil:
		if err := f.mirror.AppendImage(ctx, b, i.at, part.bytes); err != nil {
			return err
		}
		i.at += int64(len(part.bytes))
		f.backoff.Reset()
		f.fill.of(b.ID).failures = 0
		done := int64(float64(i.in.Rows) * float64(i.at) / float64(i.in.Length))
		f.tell(RowsPage{Item: b.ID, Name: b.Name, Done: done, Total: i.in.Rows, Walking: true})
		return nil
	case part.made != nil:
		f.fill.cancel()
		image := part.made.Image()
		done, err := f.mirror.AdoptImage(ctx, part.made)
		if err == nil {
			// The workspace may have told of a newer state by now: then pages follow.
			page := protocol.RowPage{RowHeader: protocol.RowHeader{Next: image.Next, More: image.State != b.State}}
			f.rowsWritten(b, &page, done, true, image.State == b.State)
		}
		return err
	case part.err == io.EOF && i.at == i.in.Length:
		f.fill.cancel() // it is unpacked next
		return nil
	case part.err == io.EOF:
		return io.ErrUnexpectedEOF
	}
	return part.err
}

// giveImage turns a failure with an image into a trigger. What trying again does not mend, or not soon, leads to pages.
func (f *Follower) giveImage(ctx context.Context, b mirror.Bucket, err error) trigger {
	f.fill.cancel()
	code := protocol.CodeOf(err)
	var strange *transport.StrangeAnswer
	switch {
	case ctx.Err() != nil, errors.Is(err, mirror.ErrGone), errors.Is(err, mirror.ErrStale):
		return moved
	case errors.Is(err, protocol.ErrImage):
		f.tell(ImageRefused{Name: b.Name, Err: err})
		return f.usePages(ctx, b)
	case errors.Is(err, mirror.ErrNoRoom) && errors.Is(f.mirror.Room(ctx, b, f.fill.of(b.ID).size.of(b.Rows)), mirror.ErrNoRoom):
		return f.dropImage(ctx, b) // nor is there for pages: it waits until there is
	case errors.Is(err, transport.ErrNoImage), errors.Is(err, mirror.ErrNoRoom), errors.Is(err, mirror.ErrDiskFull),
		errors.As(err, &strange) && strange.Status < 500: // an older server, or something between
		return f.usePages(ctx, b)
	case code == protocol.Unauthenticated, errors.Is(err, mirror.ErrBusy):
		return f.give(err)
	case errors.Is(err, mirror.ErrDamaged), errors.Is(err, mirror.ErrNewer), errors.Is(err, mirror.ErrForeign):
		f.err = err
		return broken
	case code != "" && !transport.Temporary(err): // the answer to pages says what it means
		return f.usePages(ctx, b)
	}
	work := f.fill.of(b.ID)
	if work.failures++; work.failures >= imageTries {
		work.failures = 0
		return f.usePages(ctx, b)
	}
	return f.give(fmt.Errorf("fetch %q: %w", b.Name, err))
}

// usePages has the rows of a bucket come in pages, for as long as this process lasts.
func (f *Follower) usePages(ctx context.Context, b mirror.Bucket) trigger {
	f.fill.of(b.ID).paged = true
	return f.dropImage(ctx, b)
}

func (f *Follower) dropImage(ctx context.Context, b mirror.Bucket) trigger {
	if err := f.mirror.DropImage(ctx, b); err != nil {
		return f.giveLocal(err)
	}
	return step
}
