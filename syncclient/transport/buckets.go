package transport

import (
	"context"
	"fmt"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Buckets asks for all buckets that the person sees, with their sizes; of some alone where they are named, at most
// protocol.BucketsPerPage.
func (s *Server) Buckets(ctx context.Context, token string, of ...protocol.ID) ([]protocol.SizedBucket, error) {
	var all []protocol.SizedBucket
	for after := ""; ; {
		variables := map[string]any{"first": protocol.BucketsPerPage}
		if len(of) > 0 {
			variables["of"] = of
		}
		if after != "" {
			variables["after"] = after
		}
		var said struct {
			Buckets struct {
				Buckets []protocol.SizedBucket `json:"buckets"`
				Next    string                 `json:"next"`
			} `json:"buckets"`
		}
		if err := s.Query(ctx, token, protocol.BucketsDocument, variables, &said); err != nil {
			return nil, err
		}
		all = append(all, said.Buckets.Buckets...)
		switch next := said.Buckets.Next; {
		case next == "":
			return all, nil
		case next == after || len(said.Buckets.Buckets) == 0:
			return nil, fmt.Errorf("the server says that more lists follow, but they do not")
		default:
			after = next
		}
	}
}

// Item asks for the whole id of the list, the blacklist or the campaign with a plain one; empty where the person sees none.
func (s *Server) Item(ctx context.Context, token, id string) (protocol.ID, error) {
	var said struct {
		Buckets struct {
			Buckets []struct {
				ID protocol.ID `json:"id"`
			} `json:"buckets"`
		} `json:"buckets"`
	}
	err := s.Query(ctx, token, protocol.ItemDocument, map[string]any{"of": protocol.ItemsOf(id)}, &said)
	if err != nil || len(said.Buckets.Buckets) == 0 {
		return "", err
	}
	return said.Buckets.Buckets[0].ID, nil
}

// ListRows asks for a page of an item's rows to look at: those after a cursor, of those that match a search where there is
// one. Nil where the person does not see the item.
func (s *Server) ListRows(ctx context.Context, token string, item protocol.ID, after string, first int, search string) (*protocol.ListRows, error) {
	kind, _, err := item.Split()
	if err != nil {
		return nil, err
	}
	variables := map[string]any{"id": item, "first": first}
	if after != "" {
		variables["after"] = after
	}
	if search != "" {
		variables["search"] = search
	}
	var said struct {
		Node *struct {
			Rows *protocol.ListRows `json:"rows"`
		} `json:"node"`
		Rows *protocol.ListRows `json:"rows"`
	}
	if err := s.Query(ctx, token, protocol.ListRowsDocument(kind), variables, &said); err != nil {
		return nil, err
	}
	switch {
	case said.Node == nil:
		return nil, nil
	case said.Rows != nil:
		return said.Rows, nil
	case said.Node.Rows == nil:
		return nil, fmt.Errorf("the server sent no rows")
	}
	return said.Node.Rows, nil
}
