package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Query runs a GraphQL document and decodes its data into the value that into points to. Any error in the answer
// is the whole outcome: nothing is decoded then. An empty token asks as nobody.
func (s *Server) Query(ctx context.Context, token, document string, variables, into any) error {
	ctx, cancel := context.WithTimeout(ctx, timeGraphQL)
	defer cancel()
	body, err := json.Marshal(struct {
		Query     string `json:"query"`
		Variables any    `json:"variables,omitempty"`
	}{document, variables})
	if err != nil {
		return fmt.Errorf("encode the query: %w", err)
	}
	a, err := s.do(ctx, http.MethodPost, "/graphql", token, body, maxGraphQL)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return a.refusal()
	}
	var said struct {
		Data   json.RawMessage `json:"data"`
		Errors []graphError    `json:"errors"`
	}
	if a.media != "application/json" && a.media != "application/graphql-response+json" {
		return a.strange()
	}
	if err := json.Unmarshal(a.body, &said); err != nil {
		return fmt.Errorf("the answer is not readable: %w", err)
	}
	if len(said.Errors) > 0 {
		return said.Errors[0].typed(a.retryAfter())
	}
	if len(said.Data) == 0 || string(said.Data) == "null" {
		return a.strange()
	}
	if err := json.Unmarshal(said.Data, into); err != nil {
		return fmt.Errorf("the answer is not readable: %w", err)
	}
	return nil
}

// graphError is one error of a GraphQL answer.
type graphError struct {
	Message    string `json:"message"`
	Extensions struct {
		Code   protocol.Code `json:"code"`
		Reason string        `json:"reason"`
	} `json:"extensions"`
}

func (e graphError) typed(retryAfter time.Duration) error {
	code := e.Extensions.Code
	if code == "" {
		code = protocol.Internal
	}
	return &protocol.Error{Code: code, Message: e.Message, Reason: e.Extensions.Reason, RetryAfter: retryAfter}
}

// Changes asks for the page of the workspace's changes after a cursor, from the start where it is empty, and for rows
// of the held buckets that moved. The page is checked as far as a single page can be, its rows are not.
func (s *Server) Changes(ctx context.Context, token, after string, first int, held []protocol.Held, replica string) (*protocol.ChangePage, error) {
	variables := struct {
		First   int    `json:"first"`
		Replica string `json:"replica,omitempty"`
		protocol.Stand
	}{first, replica, protocol.Stand{After: after, Held: held}}
	var said struct {
		Changes *protocol.ChangePage `json:"changes"`
	}
	if err := s.Query(ctx, token, protocol.ChangesDocument, variables, &said); err != nil {
		return nil, err
	}
	if said.Changes == nil {
		return nil, fmt.Errorf("the server sent no page")
	}
	return said.Changes, said.Changes.Check(after)
}
