package control

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/partage-mail/partage/syncclient"
)

// Answer answers one request in this process as a line over the socket would be answered, and returns the line without
// its newline. A sync is waited for, at most until ctx ends. The request to watch does nothing here: Watch does.
func (s *Server) Answer(ctx context.Context, request []byte) []byte {
	return bytes.TrimSuffix(s.reply(ctx, request).line(), []byte("\n"))
}

func (s *Server) reply(ctx context.Context, request []byte) reply {
	if len(request) > maxLine {
		return reply{Error: errTooLarge()}
	}
	r, err := parse(request)
	if err != nil {
		return reply{ID: r.id, Error: ErrorOf(err)}
	}
	switch r.do {
	case "watch":
	case "stop":
		s.Stop()
	case "sync":
		select {
		case err = <-s.sync():
		case <-ctx.Done():
			err = errStopped()
		}
		if err != nil {
			return reply{ID: r.id, Error: ErrorOf(err)}
		}
	default:
		return s.answer(ctx, r)
	}
	return reply{ID: r.id, OK: true}
}

// answer does what a request asks, but for sync, watch and stop, which each way of asking does by itself.
func (s *Server) answer(ctx context.Context, r request) reply {
	done := reply{ID: r.id, OK: true}
	var err error
	switch r.do {
	case "status":
		paused := s.isPaused()
		done.Wire, done.Paused = Wire, &paused
		done.Status, err = answered(s.answers.Status(ctx))
		done.Status.Control = s.path
	case "conflicts":
		done.Conflicts, err = answered(s.answers.Conflicts(ctx))
	case "resolve":
		done.Decided, err = s.answers.Resolve(ctx, *r.with.(*Decision))
	case "edit":
		done.Row, err = s.answers.Edit(ctx, *r.with.(*Edit))
	case "lists":
		done.Lists, err = answered(s.answers.Lists(ctx))
	case "keep":
		err = s.answers.Keep(ctx, r.with.(*Which).Item)
	case "drop":
		err = s.answers.Drop(ctx, r.with.(*Which).Item)
	case "rows":
		done.Page, err = s.answers.Rows(ctx, *r.with.(*RowsOf))
	case "pause":
		s.pause(ctx)
	case "resume":
		s.resume()
	}
	if err != nil {
		return reply{ID: r.id, Error: ErrorOf(err)}
	}
	return done
}

func answered[T any](found T, err error) (*T, error) { return &found, err }

// reply is the answer to a request.
type reply struct {
	ID        json.RawMessage      `json:"id"`
	OK        bool                 `json:"ok,omitempty"`
	Error     *Error               `json:"error,omitempty"`
	Wire      int                  `json:"wire,omitempty"`
	Paused    *bool                `json:"paused,omitempty"`
	Status    *Status              `json:"status,omitempty"`
	Conflicts *[]Conflict          `json:"conflicts,omitempty"`
	Decided   int                  `json:"decided,omitempty"`
	Row       string               `json:"row,omitempty"`
	Lists     *[]syncclient.List   `json:"lists,omitempty"`
	Page      *syncclient.ListRows `json:"page,omitempty"`
}

// line returns the answer as it goes over the wire.
func (r reply) line() []byte {
	line := encode(r)
	if len(line) == 0 {
		line = encode(reply{ID: r.ID, Error: refuse(Failed, "The local copy has a value that is no JSON.")})
	}
	return line
}
