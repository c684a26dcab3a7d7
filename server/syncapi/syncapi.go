// Package syncapi is what sync clients pull in bulk, the rows of lists as pages of JSON arrays, a poll that costs next
// to nothing, and what they push.
//
//	GET /sync/rows/{bucket}?after=CURSOR&first=N   a page of a bucket's changes, three lines of JSON
//	GET /sync/poll?after=CURSOR                    204: nothing new in the workspace, ask next with the
//	                                               cursor in the header Partage-Next; 200: pull it
//	GET /sync/rows/{bucket}?part=3,17              the rows of some parts of a bucket, as such a page
//	GET /sync/digest/{bucket}                      what a bucket's rows add up to, by part
//	GET /sync/digest?after=CURSOR                  what the workspace adds up to, by kind
//
//	GET /sync/image/{bucket}                       all rows as a SQLite file (package image)
//	GET /image/{bucket}?sealed=…                   the same, by an address that opens by itself (package presigned)
//
//	POST /sync/push                                what was written without contact (package push)
//
// The database builds the arrays and the client's database takes them apart; nobody in between looks at a
// row. Rights, cursors and pages are those of GraphQL's bucketChanges (package changes). The request's
// context carries the viewer; package httpd puts it there, but for /image/.
package syncapi

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/store"
)

const defaultRows = 2000

// Config is what sync clients are answered from.
type Config struct {
	Store   *store.Store
	Changes *changes.Changes
	Push    *push.Push
	Images  *image.Images
	// Refresh returns a request's context with the person's rights as they are now.
	Refresh func(context.Context) (context.Context, error)
	// Redeem returns a context that acts as whom the address of a bucket's image was given to, by what is sealed in it.
	Redeem func(ctx context.Context, bucket, sealed string) (context.Context, error)
	// Refuse answers a request with an error as all of the server's HTTP does.
	Refuse func(http.ResponseWriter, *http.Request, error)
}

type api struct {
	store   *store.Store
	changes *changes.Changes
	pushes  *push.Push
	images  *image.Images
	refresh func(context.Context) (context.Context, error)
	redeem  func(ctx context.Context, bucket, sealed string) (context.Context, error)
	refuse  func(http.ResponseWriter, *http.Request, error)
}

func newAPI(c Config) *api {
	return &api{c.Store, c.Changes, c.Push, c.Images, c.Refresh, c.Redeem, c.Refuse}
}

// New returns the handler of /sync/, for the signed-in.
func New(c Config) http.Handler {
	a := newAPI(c)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sync/rows/{bucket}", a.rows)
	mux.HandleFunc("GET /sync/image/{bucket}", a.image)
	mux.HandleFunc("GET /sync/poll", a.poll)
	mux.HandleFunc("POST /sync/push", a.push)
	mux.HandleFunc("GET /sync/digest", a.workspaceDigest)
	mux.HandleFunc("GET /sync/digest/{bucket}", a.digest)
	return mux
}

func (a *api) rows(w http.ResponseWriter, r *http.Request) {
	page, err := a.page(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	out := compressed(w, r)
	for _, line := range []string{page.Header, "\n", page.Rows, "\n", page.Removals, "\n"} {
		if _, err := io.WriteString(out, line); err != nil {
			return // the client is gone
		}
	}
	_ = out.Close()
}

// page reads a page of rows in one snapshot.
func (a *api) page(r *http.Request) (page *changes.Lines, err error) {
	bucket, err := read.ParseBucketID(r.PathValue("bucket"))
	if err != nil {
		return nil, err
	}
	first, err := size(r.FormValue("first"))
	if err != nil {
		return nil, err
	}
	err = a.store.Snapshot(r.Context(), func(ctx context.Context, tx *ent.Tx) error {
		if r.FormValue("part") != "" {
			page, err = a.partLines(ctx, tx, bucket, r.FormValue("part"))
			return err
		}
		span, err := a.changes.Rows(ctx, tx, a.store.Dialect(), bucket, r.FormValue("after"), first)
		if err != nil {
			return err
		}
		page, err = span.Lines(ctx, tx, a.store.Dialect())
		return err
	})
	return page, err
}

// poll answers whether the workspace has anything new since the cursor. A cursor that cannot be continued
// is something new: the pull will say so.
func (a *api) poll(w http.ResponseWriter, r *http.Request) {
	var (
		fresh bool
		next  string
	)
	err := a.store.Snapshot(r.Context(), func(ctx context.Context, tx *ent.Tx) (err error) {
		fresh, next, err = a.changes.Fresh(ctx, tx, a.store.Dialect(), r.FormValue("after"))
		return err
	})
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case err != nil && !fault.Is(err, fault.CursorExpired):
		a.refuse(w, r, err)
	case err == nil && fresh:
		w.Header().Set("Partage-Next", next)
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	}
}

func size(first string) (int, error) {
	if first == "" {
		return defaultRows, nil
	}
	n, err := strconv.Atoi(first)
	if err != nil || n < 1 || n > changes.MaxRows {
		return 0, fault.Field("first", "A page has 1 to %d rows.", changes.MaxRows)
	}
	return n, nil
}
