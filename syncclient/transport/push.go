package transport

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Push sends a batch of edits. What the server says of each is its last word on that number; where it says nothing of
// one, that is to be sent again.
func (s *Server) Push(ctx context.Context, token string, push protocol.Push) (*protocol.Pushed, error) {
	ctx, cancel := context.WithTimeout(ctx, timePush)
	defer cancel()
	body, err := json.Marshal(push)
	if err != nil {
		return nil, err
	}
	a, err := s.do(ctx, http.MethodPost, "/sync/push", token, body, maxGraphQL)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, a.refusal()
	}
	var said protocol.Pushed
	if a.media != "application/json" || json.Unmarshal(a.body, &said) != nil {
		return nil, a.strange()
	}
	return &said, said.Check(push)
}
