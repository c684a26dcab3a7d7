package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// ErrNoImage says that the server has no image of a bucket's rows. They come in pages.
var ErrNoImage = errors.New("the server has no image of these rows")

// Image is an image of a bucket's rows that is being read. It is for one goroutine, and must be closed.
type Image struct {
	protocol.Image
	// ETag names the image.
	ETag string
	// Length is how many bytes the whole of it has, as it travels.
	Length int64
	// Offset is the byte that Read begins with: the one that was asked for, or 0 where the server has another image now.
	Offset int64

	body  io.ReadCloser
	ctx   context.Context
	end   context.CancelCauseFunc
	stall time.Duration
	timer *time.Timer
}

// Image asks for the image of a bucket's rows, from a byte of the one with an ETag on if that is not 0. The body has not
// come yet when it returns, and is read by Image.Read, packed. ErrNoImage where there is none.
func (s *Server) Image(ctx context.Context, token string, bucket protocol.ID, offset int64, etag string) (*Image, error) {
	ctx, end := context.WithCancelCause(ctx)
	i := &Image{ctx: ctx, end: end, stall: s.stall, timer: time.AfterFunc(s.stall, func() { end(os.ErrDeadlineExceeded) })}
	err := i.open(s, token, bucket, offset, etag)
	i.timer.Stop()
	if err != nil {
		_ = i.Close()
		return nil, i.why(err)
	}
	return i, nil
}

func (i *Image) open(s *Server, token string, bucket protocol.ID, offset int64, etag string) error {
	req, err := s.request(i.ctx, http.MethodGet, "/sync/image/"+url.PathEscape(string(bucket)), token, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Encoding", "identity")
	if offset > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
		req.Header.Set("If-Range", etag)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return unreachable(err)
	}
	i.body = resp.Body
	if resp.StatusCode == http.StatusNoContent {
		return ErrNoImage
	}
	a := &answer{status: resp.StatusCode, media: mediaOf(resp.Header), header: resp.Header, below: s.base.Path}
	if resp.StatusCode >= 300 {
		if a.body, err = s.unpack(resp, maxRefusal); err != nil {
			return err
		}
		return a.refusal()
	}
	coding := strings.ToLower(resp.Header.Get("Content-Encoding"))
	i.ETag = resp.Header.Get("ETag")
	if a.media != protocol.ImageMedia || coding != "" && coding != "identity" || i.ETag == "" || len(i.ETag) > 200 {
		return a.strange()
	}
	if !i.place(resp, offset, etag) {
		return a.strange()
	}
	i.Image, err = protocol.ParseImage(resp.Header.Get(protocol.ImageHeader))
	return err
}

// place finds out which part of which length comes; false where the answer does not say, or not what was asked.
func (i *Image) place(resp *http.Response, offset int64, etag string) bool {
	switch resp.StatusCode {
	case http.StatusOK:
		i.Length = resp.ContentLength
	case http.StatusPartialContent:
		var last int64
		n, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes %d-%d/%d", &i.Offset, &last, &i.Length)
		if err != nil || n != 3 || i.Offset != offset || offset == 0 || last != i.Length-1 || i.ETag != etag {
			return false
		}
	default:
		return false
	}
	return i.Length > i.Offset
}

// Read reads on. An error other than io.EOF says that the connection broke: the rest can be asked for.
func (i *Image) Read(p []byte) (int, error) {
	i.timer.Reset(i.stall)
	n, err := i.body.Read(p)
	i.timer.Stop()
	if err != nil && err != io.EOF {
		err = i.why(fmt.Errorf("read an image: %w", err))
	}
	return n, err
}

// why returns what has really happened where the image was given up since nothing came.
func (i *Image) why(err error) error {
	if errors.Is(context.Cause(i.ctx), os.ErrDeadlineExceeded) {
		return fmt.Errorf("the server has sent nothing of an image for %s: %w", i.stall, os.ErrDeadlineExceeded)
	}
	return err
}

// Close ends the request. It is safe to call twice.
func (i *Image) Close() error {
	i.timer.Stop()
	defer i.end(nil)
	if i.body == nil {
		return nil
	}
	return i.body.Close()
}
