package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// maxDigest bounds an answer with digests.
const maxDigest = 1 << 20

// BucketDigest asks what a bucket's rows add up to. The server looks at each of them.
func (s *Server) BucketDigest(ctx context.Context, token string, bucket protocol.ID) (*protocol.BucketDigest, error) {
	var said struct {
		State string   `json:"state"`
		Parts []string `json:"parts"`
	}
	if err := s.getJSON(ctx, token, "/sync/digest/"+url.PathEscape(string(bucket)), &said); err != nil {
		return nil, err
	}
	d := &protocol.BucketDigest{State: said.State}
	if len(said.Parts) != len(d.Parts) || said.State == "" || len(said.State) > protocol.MaxCursor {
		return nil, fmt.Errorf("the server sent a digest that makes no sense")
	}
	for i, part := range said.Parts {
		var err error
		if d.Parts[i], err = protocol.ParseDigest(part); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// WorkspaceDigest asks what the workspace adds up to for a copy that has reached a cursor.
func (s *Server) WorkspaceDigest(ctx context.Context, token, after string) (*protocol.WorkspaceDigest, error) {
	var said struct {
		Moved   bool              `json:"moved"`
		Digests map[string]string `json:"digests"`
	}
	if err := s.getJSON(ctx, token, "/sync/digest?"+url.Values{"after": {after}}.Encode(), &said); err != nil {
		return nil, err
	}
	d := &protocol.WorkspaceDigest{Moved: said.Moved, Digests: make(map[string]protocol.Digest, len(said.Digests))}
	for kind, text := range said.Digests {
		var err error
		if d.Digests[kind], err = protocol.ParseDigest(text); err != nil {
			return nil, err
		}
	}
	if !d.Moved && len(d.Digests) == 0 {
		return nil, fmt.Errorf("the server sent a digest that makes no sense")
	}
	return d, nil
}

// Parts asks for the rows of some parts of a bucket. The page follows no cursor and has no removals.
func (s *Server) Parts(ctx context.Context, token string, bucket protocol.ID, parts []int) (*protocol.RowPage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeRows)
	defer cancel()
	named := make([]string, len(parts))
	for i, p := range parts {
		named[i] = strconv.Itoa(p)
	}
	path := "/sync/rows/" + url.PathEscape(string(bucket)) + "?" + url.Values{"part": {strings.Join(named, ",")}}.Encode()
	a, err := s.do(ctx, http.MethodGet, path, token, nil, maxRows)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, a.refusal()
	}
	if a.media != "application/x-ndjson" {
		return nil, a.strange()
	}
	return protocol.ParseRows(a.body, "")
}

// getJSON asks for a JSON document.
func (s *Server) getJSON(ctx context.Context, token, path string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, timeRows)
	defer cancel()
	a, err := s.do(ctx, http.MethodGet, path, token, nil, maxDigest)
	switch {
	case err != nil:
		return err
	case a.status != http.StatusOK:
		return a.refusal()
	case a.media != "application/json":
		return a.strange()
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}
