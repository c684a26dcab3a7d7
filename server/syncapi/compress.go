package syncapi

import (
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Encoders hold tables of a megabyte; they are used again.
var (
	zstds = sync.Pool{New: func() any {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic(err) // the options are right
		}
		return e
	}}
	gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

// compressed returns what writes to the client in the best encoding that it takes. Closing it ends the
// body.
func compressed(w http.ResponseWriter, r *http.Request) io.WriteCloser {
	w.Header().Add("Vary", "Accept-Encoding")
	accepted := r.Header.Get("Accept-Encoding")
	switch {
	case strings.Contains(accepted, "zstd"):
		w.Header().Set("Content-Encoding", "zstd")
		e := zstds.Get().(*zstd.Encoder)
		e.Reset(w)
		return closer{e, func() error { defer zstds.Put(e); return e.Close() }}
	case strings.Contains(accepted, "gzip"):
		w.Header().Set("Content-Encoding", "gzip")
		e := gzips.Get().(*gzip.Writer)
		e.Reset(w)
		return closer{e, func() error { defer gzips.Put(e); return e.Close() }}
	default:
		return closer{w, func() error { return nil }}
	}
}

type closer struct {
	io.Writer
	close func() error
}

func (c closer) Close() error { return c.close() }
