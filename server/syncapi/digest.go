package syncapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
)

// bucketDigest is the answer to a question for a bucket's digest.
type bucketDigest struct {
	// State is the bucket's as of the digest.
	State string `json:"state"`
	// Digest is that of all rows, Parts those by the first byte of the SHA-256 of the row's id.
	Digest string      `json:"digest"`
	Parts  [256]string `json:"parts"`
}

func (a *api) digest(w http.ResponseWriter, r *http.Request) {
	answer := &bucketDigest{}
	bucket, err := read.ParseBucketID(r.PathValue("bucket"))
	if err == nil {
		err = a.store.Snapshot(r.Context(), func(ctx context.Context, tx *ent.Tx) error {
			d, err := a.changes.Digest(ctx, tx, a.store.Dialect(), bucket)
			if err != nil {
				return err
			}
			answer.State, answer.Digest = d.State, d.Parts.Total().String()
			for i, part := range d.Parts {
				answer.Parts[i] = part.String()
			}
			return nil
		})
	}
	a.answer(w, r, answer, err)
}

// workspaceDigest is the answer to a question for the workspace's.
type workspaceDigest struct {
	// Moved: something follows the cursor; pull it and ask again.
	Moved bool `json:"moved,omitempty"`
	// Digests are by kind.
	Digests map[string]string `json:"digests,omitempty"`
}

func (a *api) workspaceDigest(w http.ResponseWriter, r *http.Request) {
	answer := &workspaceDigest{}
	err := a.store.Snapshot(r.Context(), func(ctx context.Context, tx *ent.Tx) error {
		sums, fresh, err := a.changes.WorkspaceDigest(ctx, tx, a.store.Dialect(), r.FormValue("after"))
		answer.Moved, answer.Digests = !fresh, make(map[string]string)
		for kind, sum := range sums {
			answer.Digests[kind] = sum.String()
		}
		return err
	})
	a.answer(w, r, answer, err)
}

// partLines reads the rows of parts that a request names, such as 3,17.
func (a *api) partLines(ctx context.Context, tx *ent.Tx, bucket uuid.UUID, named string) (*changes.Lines, error) {
	var parts []int
	for _, name := range strings.Split(named, ",") {
		part, err := strconv.Atoi(name)
		if err != nil || part < 0 || part > 255 || len(parts) == 256 {
			return nil, fault.Field("part", "Parts are numbers from 0 to 255, with commas between them.")
		}
		parts = append(parts, part)
	}
	return a.changes.PartLines(ctx, tx, a.store.Dialect(), bucket, parts)
}

// answer writes JSON, or refuses.
func (a *api) answer(w http.ResponseWriter, r *http.Request, v any, err error) {
	var body []byte
	if err == nil {
		body, err = json.Marshal(v)
	}
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	out := compressed(w, r)
	_, _ = out.Write(body)
	_ = out.Close()
}
