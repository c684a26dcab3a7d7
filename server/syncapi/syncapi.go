// Package syncapi is what sync clients pull in bulk: the rows of lists as pages of JSON arrays, and a
// poll that costs next to nothing.
//
//	GET /sync/rows/{bucket}?after=CURSOR&first=N   a page of a bucket's changes, three lines of JSON
//	GET /sync/poll?after=CURSOR                    204: nothing new in the workspace, ask next with the
//	                                               cursor in the header Partage-Next; 200: pull it
//
// The database builds the arrays and the client's database takes them apart; nobody in between looks at a
// row. Rights, cursors and pages are those of GraphQL's bucketChanges (package changes). The request's
// context carries the viewer; package httpd puts it there.
package syncapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/store"
)

const defaultRows = 2000

type api struct {
	store   *store.Store
	changes *changes.Changes
	refuse  func(http.ResponseWriter, *http.Request, error)
}

// New returns the handler. refuse answers a request with an error as all of the server's HTTP does.
func New(s *store.Store, sealer *seal.Sealer, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	a := &api{s, changes.New(sealer), refuse}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sync/rows/{bucket}", a.rows)
	mux.HandleFunc("GET /sync/poll", a.poll)
	return mux
}

// header is the first line of a page of rows.
type header struct {
	// Kind is contacts, entries or leads.
	Kind read.BucketKind `json:"kind"`
	// Columns name the values of each row, in order.
	Columns []string `json:"columns"`
	// State is the bucket's as of this page.
	State string `json:"state"`
	// Rows is how many rows the bucket has in all.
	Rows int64 `json:"rows"`
	// Count is how many rows are on this page.
	Count int `json:"count"`
	// Next is where to continue, More whether something follows at once.
	Next string `json:"next"`
	More bool   `json:"more"`
}

func (a *api) rows(w http.ResponseWriter, r *http.Request) {
	head, rows, removals, err := a.page(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	out := compressed(w, r)
	for _, line := range []string{head, "\n", rows, "\n", removals, "\n"} {
		if _, err := io.WriteString(out, line); err != nil {
			return // the client is gone
		}
	}
	_ = out.Close()
}

// page reads the three lines of a page in one snapshot.
func (a *api) page(r *http.Request) (head, rows, removals string, err error) {
	bucket, err := read.ParseBucketID(r.PathValue("bucket"))
	if err != nil {
		return "", "", "", err
	}
	first, err := size(r.FormValue("first"))
	if err != nil {
		return "", "", "", err
	}
	err = a.store.Snapshot(r.Context(), func(ctx context.Context, tx *ent.Tx) error {
		span, err := a.changes.Rows(ctx, tx, a.store.Dialect(), bucket, r.FormValue("after"), first)
		if err != nil {
			return err
		}
		h := header{
			Kind: read.KindOfRows(span.Item.Kind), Columns: changes.Columns[span.Item.Kind],
			State: span.State, Rows: span.Rows, Next: span.Next, More: span.More,
		}
		if rows, h.Count, err = span.Dense(ctx, tx, a.store.Dialect()); err != nil {
			return err
		}
		gone, err := span.Removals(ctx, tx, a.store.Dialect())
		if err != nil {
			return err
		}
		if gone == nil {
			gone = []uuid.UUID{}
		}
		head, removals = line(h), line(gone)
		return nil
	})
	return head, rows, removals, err
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

func line(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and ids only
	}
	return string(b)
}
