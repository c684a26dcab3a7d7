package syncapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/read"
)

// imageHeader is what a client is told of an image beside its bytes.
type imageHeader struct {
	Kind   string `json:"kind"`
	State  string `json:"state"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
	Next   string `json:"next"`
	Bytes  int64  `json:"bytes"`
}

// image answers with the file of all rows of a bucket, or a part of it; 204 where there is none.
func (a *api) image(w http.ResponseWriter, r *http.Request) {
	bucket, err := read.ParseBucketID(r.PathValue("bucket"))
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	image, err := a.images.Open(r.Context(), bucket)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if image == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	defer image.Close()
	said, err := json.Marshal(imageHeader{image.Kind, image.State, image.Rows, image.Digest, image.Next, image.Bytes})
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.sqlite3+zstd")
	w.Header().Set("ETag", `"`+image.Tag+`"`)
	w.Header().Set("Partage-Image", string(said))
	http.ServeContent(w, r, "", time.Time{}, &guarded{ReadSeeker: image, seen: time.Now(), check: func() error { return a.sees(r.Context(), bucket) }})
}

// sees returns nil while whoever began a request is signed in and sees all rows of the item.
func (a *api) sees(ctx context.Context, id uuid.UUID) error {
	now, err := a.refresh(ctx)
	if err != nil {
		return err
	}
	return a.images.Sees(now, id)
}

// How much of a file travels, and for how long, before rights are looked at again.
const (
	unseenBytes = 4 << 20
	unseenTime  = 5 * time.Second
)

// guarded is a file that breaks off where its reader may not have it any more.
type guarded struct {
	io.ReadSeeker
	check func() error
	read  int // since rights were looked at
	seen  time.Time
}

// Read looks at rights before it reads on.
func (g *guarded) Read(p []byte) (int, error) {
	if g.read >= unseenBytes || time.Since(g.seen) >= unseenTime {
		if err := g.check(); err != nil {
			return 0, err
		}
		g.read, g.seen = 0, time.Now()
	}
	n, err := g.ReadSeeker.Read(p)
	g.read += n
	return n, err
}
