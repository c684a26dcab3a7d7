package syncapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/presigned"
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

// Presigned returns the handler of addresses that open by themselves (package presigned). Whoever asks is found out by
// the address alone.
func Presigned(c Config) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+presigned.Path+"{bucket}", newAPI(c).presigned)
	return mux
}

// presigned answers as image does, to whom the address was given.
func (a *api) presigned(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer") // the address is enough to ask again
	acting, err := a.redeem(r.Context(), r.PathValue("bucket"), r.URL.Query().Get(presigned.Parameter))
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	a.image(w, r.WithContext(acting))
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
	w.Header().Set("Content-Disposition", `attachment; filename="`+r.PathValue("bucket")+`.db.zst"`)
	w.Header().Set("ETag", `"`+image.Tag+`"`)
	w.Header().Set("Partage-Image", string(said))
	http.ServeContent(w, r, "", time.Time{}, a.images.Guard(image, func() error { return a.sees(r.Context(), bucket) }))
}

// sees returns nil while whoever began a request is signed in and sees all rows of the item.
func (a *api) sees(ctx context.Context, id uuid.UUID) error {
	now, err := a.refresh(ctx)
	if err != nil {
		return err
	}
	return a.images.Sees(now, id)
}
