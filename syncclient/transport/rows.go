package transport

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Rows asks for the page of a bucket's rows after a cursor, from the start where it is empty. The page has come
// whole; its rows are not looked into.
func (s *Server) Rows(ctx context.Context, token string, bucket protocol.ID, after string, first int) (*protocol.RowPage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeRows)
	defer cancel()
	query := url.Values{"first": {strconv.Itoa(first)}}
	if after != "" {
		query.Set("after", after)
	}
	path := "/sync/rows/" + url.PathEscape(string(bucket)) + "?" + query.Encode()
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
	return protocol.ParseRows(a.body, after)
}

// Poll asks whether anything has changed since a cursor of the workspace. It costs the server next to nothing. Where
// nothing has, next is the cursor to go on from.
func (s *Server) Poll(ctx context.Context, token, after string) (changed bool, next string, err error) {
	ctx, cancel := context.WithTimeout(ctx, timePoll)
	defer cancel()
	path := "/sync/poll?" + url.Values{"after": {after}}.Encode()
	a, err := s.do(ctx, http.MethodGet, path, token, nil, maxRefusal)
	switch {
	case err != nil:
		return false, "", err
	case a.status == http.StatusNoContent:
		next = a.header.Get(protocol.NextHeader)
		if next == "" || len(next) > protocol.MaxCursor {
			return false, "", a.strange()
		}
		return false, next, nil
	case a.status == http.StatusOK && a.media == "application/json":
		return true, "", nil
	}
	return false, "", a.refusal()
}
