package control

import (
	"bytes"
	"context"
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
		return reply{ID: r.ID, Error: ErrorOf(err)}
	}
	switch r.Do {
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
			return reply{ID: r.ID, Error: ErrorOf(err)}
		}
	default:
		return s.answer(ctx, r)
	}
	return reply{ID: r.ID, OK: true}
}

// answer does what a request asks, but for sync, watch and stop, which each way of asking does by itself.
func (s *Server) answer(ctx context.Context, r Request) reply {
	done := reply{ID: r.ID, OK: true}
	var err error
	switch r.Do {
	case "status":
		done.Wire = Wire
		done.Status, err = s.answers.Status(ctx)
		paused := s.isPaused()
		done.Paused = &paused
	case "conflicts":
		done.Conflicts, err = s.answers.Conflicts(ctx)
	case "resolve":
		done.Decided, err = s.answers.Resolve(ctx, Decision{Key: r.Key, Decision: r.Decision, Set: r.Set})
	case "edit":
		done.Row, err = s.answers.Edit(ctx, r.edit())
	case "lists":
		done.Lists, err = s.answers.Lists(ctx)
	case "keep", "drop":
		err = s.answers.Choose(ctx, r.List, r.Do == "keep")
	case "rows":
		done.Page, err = s.answers.Rows(ctx, RowsOf{List: r.List, After: r.After, First: r.First, Search: r.Search})
	case "pause":
		s.pause(ctx)
	case "resume":
		s.resume()
	}
	if err != nil {
		return reply{ID: r.ID, Error: ErrorOf(err)}
	}
	return done
}
